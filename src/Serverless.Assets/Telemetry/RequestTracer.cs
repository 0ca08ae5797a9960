using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Telemetry;

/// <summary>Logs each attempt of a request at trace level.</summary>
internal sealed class RequestTracer(IAssetLogger logger) : IRequestObserver
{
    public void OnAttemptEnded(RequestAttempt attempt)
    {
        var request = attempt.Request;
        if (attempt.Status is { } status)
        {
            logger.Log(
                LogLevel.Trace,
                $"{request.Method} {request.Address} ({request.Subject}): {status} {attempt.RequestId}"
            );
        }

        if (attempt.Failure is ServerlessApiException failure)
        {
            logger.Log(
                LogLevel.Trace,
                $"{request.Method} {request.Address} ({request.Subject}) failed: {failure.Reason} ({failure.Details})"
            );
        }
    }
}
