using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Connection;

/// <summary>Converts a failed request that ends a run to a diagnostic.</summary>
internal static class ServiceFailures
{
    public static Diagnostic Explain(ServerlessApiException failure, ValidatedServiceSettings settings) =>
        failure switch
        {
            { Failure: ApiFailure.Insecure } => ServiceDiagnostics.Insecure(failure),
            { Failure: ApiFailure.Unreachable or ApiFailure.UnknownHost } => ServiceDiagnostics.Unreachable(failure),
            { Status: HttpStatusCode.Unauthorized } => ServiceDiagnostics.NotAuthenticated(
                failure,
                settings.Credentials.User,
                settings.Credentials.Source
            ),
            { Status: HttpStatusCode.Forbidden } => ServiceDiagnostics.Forbidden(failure, settings.Credentials.User),
            _ => ServiceDiagnostics.RequestFailed(failure),
        };
}
