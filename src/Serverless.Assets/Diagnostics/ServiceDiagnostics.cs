using Serverless.Assets.Client;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB3xxx: the service and the network. Each method holds the only copy of its code and text.</summary>
internal static class ServiceDiagnostics
{
    public static Diagnostic NotAuthenticated(ServerlessApiException failure, string user, string source) =>
        Diagnostic.Error(
            "SAB3001",
            $"The service does not know the credentials of {user} (from {source}): {failure.Reason} ({failure.Details}). Check that the secret belongs to it, that it is not revoked, and that it is of the same region."
        );

    public static Diagnostic Forbidden(ServerlessApiException failure, string user) =>
        Diagnostic.Error(
            "SAB3002",
            $"{user} may not do this: {failure.Message} ({failure.Details}). Use a key that has the rights for Serverless, such as a standard or main key."
        );

    public static Diagnostic ServiceNotFound(string service, string origin) =>
        Diagnostic.Error(
            "SAB3003",
            $"There is no Service '{service}' at {origin} in this account. Check ServerlessAssetsServiceSid or ServerlessAssetsServiceName and the account of the credentials, or set ServerlessAssetsCreateService=true with a name."
        );

    public static Diagnostic Unreachable(ServerlessApiException failure) =>
        Diagnostic.Error(
            "SAB3004",
            $"{failure.Request.Address.Host} can't be reached: {failure.Reason} ({failure.Request.Operation}). Check the network, the proxy settings (HTTPS_PROXY) and the region."
        );

    public static Diagnostic Insecure(ServerlessApiException failure) =>
        Diagnostic.Error(
            "SAB3005",
            $"No trusted connection to {failure.Request.Address.Host}: {failure.Reason}. Check the clock of this machine and whether a proxy replaces certificates; its root certificate must be trusted here."
        );

    public static Diagnostic UploadFailed(string file, string fullPath, ServerlessApiException failure) =>
        Diagnostic.Error(
            "SAB3006",
            $"'{file}' was not uploaded: {failure.Reason} ({failure.Details}; {failure.Request.Operation} of {failure.Request.Subject}). {(failure.Failure == ApiFailure.Refused ? "Mend what the service names, and run again: only what is missing is sent." : "Run again: only what is missing is sent.")}",
            fullPath
        );

    public static Diagnostic RequestFailed(ServerlessApiException failure) =>
        Diagnostic.Error(
            "SAB3007",
            $"{failure.Request.Operation} of {failure.Request.Subject} failed: {failure.Reason} ({failure.Details}). Run again; what is done is remembered."
        );

    public static Diagnostic DoubledAsset(string path, IEnumerable<string> sids, string chosen, bool isLive) =>
        Diagnostic.Warning(
            "SAB3008",
            $"The Service has several Assets named '{path}' ({string.Join(", ", sids)}). Using {chosen}, {(isLive ? "which is live" : "the oldest")}. Delete the others in the Twilio Console if nothing uses them."
        );

    public static Diagnostic TimedOut(TimeSpan timeout, int done, int total) =>
        Diagnostic.Error(
            "SAB3009",
            $"The job took longer than {timeout.TotalSeconds:0} seconds and was stopped{Done(done, total)}. Run again to go on from there, or raise ServerlessAssetsTimeout."
        );

    public static Diagnostic Cancelled(int done, int total) =>
        Diagnostic.Warning(
            "SAB3010",
            $"Cancelled{Done(done, total)}. What is done is remembered: the next run goes on from there."
        );

    /// <param name="collector">Scheme, host and port: the rest of its address may hold a secret.</param>
    public static Diagnostic TelemetryNotSent(string collector, string reason) =>
        Diagnostic.Warning(
            "SAB3011",
            $"Traces and metrics did not all reach the collector '{collector}': {reason.TrimEnd('.')}. The run itself is not touched by it. Check OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL, or unset them."
        );

    private static string Done(int done, int total) => total == 0 ? "" : $" with {done} of {total} files done";
}
