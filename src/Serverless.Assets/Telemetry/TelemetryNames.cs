namespace Serverless.Assets.Telemetry;

/// <summary>Names of attributes. Those of the convention: https://opentelemetry.io/docs/specs/semconv/http/.</summary>
internal static class TelemetryNames
{
    public const string RequestMethod = "http.request.method";
    public const string RequestBodySize = "http.request.body.size";
    public const string ResendCount = "http.request.resend_count";
    public const string ResponseStatus = "http.response.status_code";

    /// <summary>A list, as the convention has it of headers.</summary>
    public const string ResponseRequestId = "http.response.header.twilio-request-id";

    public const string ProtocolVersion = "network.protocol.version";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string UrlFull = "url.full";
    public const string UrlScheme = "url.scheme";
    public const string UrlTemplate = "url.template";

    /// <summary>The status that tells of an error, or what happened to the connection; of a run: the code of its first error.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Resource and action, such as <c>AssetVersion.Create</c>.</summary>
    public const string Operation = "serverless_assets.operation";

    /// <summary>What a request is about, such as <c>Asset Version /css/site.css</c>.</summary>
    public const string Subject = "serverless_assets.subject";

    /// <summary>Seconds that a request waited for a place among those in flight.</summary>
    public const string WaitDuration = "serverless_assets.wait.duration";

    /// <summary>SID or name.</summary>
    public const string Service = "serverless_assets.service";

    /// <summary><c>uploaded</c>, <c>unchanged</c> or <c>failed</c>.</summary>
    public const string AssetStatus = "serverless_assets.asset.status";
}
