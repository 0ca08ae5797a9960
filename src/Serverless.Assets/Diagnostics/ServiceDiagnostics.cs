using Serverless.Assets.Client;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB3xxx: the service and the network. Each method is the only place of its code and text.</summary>
internal static class ServiceDiagnostics
{
    /// <summary>No permission of a Restricted key covers Serverless.</summary>
    private const string RestrictedKeys = "Restricted API keys have no access to Serverless";

    public static Diagnostic NotAuthenticated(ServerlessApiException failure, string user, string source) =>
        Diagnostic.Error(
            "SAB3001",
            $"Authentication failed for {user} (from {source}): {failure.Reason} ({failure.Details}). Check that the "
                + $"secret matches, that the key has not been revoked, that it belongs to the region, and that it is "
                + $"a Standard key: {RestrictedKeys}."
        );

    public static Diagnostic Forbidden(ServerlessApiException failure, string user) =>
        Diagnostic.Error(
            "SAB3002",
            $"Access denied for {user}: {failure.Message} ({failure.Details}). "
                + $"Use a Standard or Main API key: {RestrictedKeys}."
        );

    public static Diagnostic ServiceNotFound(string service, string origin) =>
        Diagnostic.Error(
            "SAB3003",
            $"There is no Service '{service}' in this account at {origin}. Check {SettingTable.ServiceSid}, "
                + $"{SettingTable.ServiceName} or {SettingTable.ServiceRules}, the region, and the account of the "
                + $"credentials. To create the Service, set {SettingTable.ServiceName} and "
                + $"{SettingTable.CreateService.SetTo(true)}."
        );

    public static Diagnostic Unreachable(ServerlessApiException failure) =>
        Diagnostic.Error(
            "SAB3004",
            $"{failure.Request.Address.Host} can't be reached: {failure.Reason} ({failure.Request.Operation}). "
                + $"Check the network, the proxy settings (HTTPS_PROXY) and the region."
        );

    public static Diagnostic Insecure(ServerlessApiException failure) =>
        Diagnostic.Error(
            "SAB3005",
            $"There is no trusted connection to {failure.Request.Address.Host}: {failure.Reason}. Check the clock of "
                + $"this machine. If a proxy replaces certificates, this machine must trust its root certificate."
        );

    public static Diagnostic UploadFailed(string file, string fullPath, ServerlessApiException failure) =>
        Diagnostic.Error(
            "SAB3006",
            $"'{file}' was not uploaded: {failure.Reason} "
                + $"({failure.Details}; {failure.Request.Operation} of {failure.Request.Subject}). "
                + $"{(failure.Failure == ApiFailure.Refused ? "Correct what the service rejects, then run" : "Run")} "
                + $"again to upload the missing files.",
            fullPath
        );

    public static Diagnostic RequestFailed(ServerlessApiException failure) =>
        Diagnostic.Error(
            "SAB3007",
            $"{failure.Request.Operation} of {failure.Request.Subject} failed: {failure.Reason} ({failure.Details}). "
                + $"Correct what the service rejects, or run again later."
        );

    public static Diagnostic DuplicateAsset(string path, IEnumerable<string> sids, string chosen, AssetChoice reason) =>
        Diagnostic.Warning(
            "SAB3008",
            $"The Service has several Assets named '{path}' ({string.Join(", ", sids)}). Using {chosen}, "
                + $"{reason switch
                {
                    AssetChoice.Live => "which is live",
                    AssetChoice.Oldest => "the oldest",
                    _ => "which this run created",
                }}. "
                + $"If nothing uses the others, delete them in the Twilio Console."
        );

    public static Diagnostic TimedOut(TimeSpan timeout, int done, int total) =>
        Diagnostic.Error(
            "SAB3009",
            $"The run exceeded its time limit of {timeout.TotalSeconds:0} seconds and was stopped{Done(done, total)}. "
                + $"{(total == 0 ? "If the service is only slow," : "Run again to continue, or")} increase "
                + $"{SettingTable.Timeout}."
        );

    public static Diagnostic Canceled(int done, int total) =>
        Diagnostic.Warning(
            "SAB3010",
            $"Canceled{Done(done, total)}.{(total == 0 ? "" : " Run again to upload the rest.")}"
        );

    /// <param name="collector">
    /// Only scheme, host and port, because the rest of the address may contain a secret.
    /// </param>
    public static Diagnostic TelemetryNotSent(string collector, string reason) =>
        Diagnostic.Warning(
            "SAB3011",
            $"Some traces and metrics were not sent to the collector '{collector}': {reason}. The run itself is not "
                + $"affected. Check OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_PROTOCOL, or unset them."
        );

    /// <param name="asset">Its SID or path.</param>
    /// <param name="similar">Names of Assets that the user may mean; may be empty.</param>
    public static Diagnostic AssetNotFound(string asset, string serviceSid, IReadOnlyList<string> similar) =>
        Diagnostic.Error(
            "SAB3020",
            $"There is no Asset '{asset}' in Service {serviceSid}. {Similar(similar)}Check {VersionSettings.Asset}, "
                + $"{SettingTable.ServiceSid} and {SettingTable.ServiceName}."
        );

    public static Diagnostic AssetVersionNotFound(string versionSid, string assetSid, string serviceSid) =>
        Diagnostic.Error(
            "SAB3021",
            $"Asset {assetSid} in Service {serviceSid} has no Asset Version {versionSid}. Check the SIDs. The service "
                + $"deletes a version after some days if no Build contains it."
        );

    private static SanitizedText Similar(IReadOnlyList<string> names) =>
        names is [] ? (SanitizedText)$"" : $"Similar names: {string.Join(", ", names.Select(name => $"'{name}'"))}. ";

    private static SanitizedText Done(int done, int total) =>
        total == 0 ? (SanitizedText)$"" : $" with {done} of {total} files done";
}

/// <summary>Why one of several Assets with the same name is used.</summary>
internal enum AssetChoice
{
    /// <summary>The deployed Build contains it.</summary>
    Live,

    Oldest,

    /// <summary>This run has created it and could not use the oldest.</summary>
    Created,
}
