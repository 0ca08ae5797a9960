using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting;

/// <summary>
/// Formats results for later steps of a CI job as <c>name=value</c> lines: the format of GitHub's output file and of
/// files with environment variables. Unknown values are omitted.
/// </summary>
internal static class RunOutputs
{
    /// <returns>Each line ends with a line feed.</returns>
    public static string Format(RunReport report)
    {
        var lines = new StringBuilder();
        var (result, deployment) = (report.Result, report.Result.Deployment);
        Append(lines, "service-sid", result.ServiceSid);
        Append(lines, "manifest", result.ManifestPath);
        Append(lines, "uploaded", result.UploadTotals?.Uploaded.ToString(CultureInfo.InvariantCulture));
        Append(lines, "unchanged", result.UploadTotals?.Unchanged.ToString(CultureInfo.InvariantCulture));
        Append(lines, "build-sid", result.BuildSid);
        Append(lines, "deployment-sid", deployment?.DeploymentSid);
        Append(lines, "environment", deployment?.Environment);
        Append(lines, "domain", deployment?.Domain);
        Append(lines, "url", deployment?.Url.AbsoluteUri);
        if (result.Services is { Count: > 0 } services)
        {
            Append(
                lines,
                "services",
                JsonSerializer.Serialize(
                    [.. services.Select(ServiceOutputs.From)],
                    ServiceOutputsJson.Format.IReadOnlyListServiceOutputs
                )
            );
        }

        return lines.ToString();
    }

    /// <summary>Escapes the value, because a line break in it would start another line.</summary>
    private static void Append(StringBuilder lines, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            lines.Append(name).Append('=').Append(LogSanitizer.EscapeWhole(value)).Append('\n');
        }
    }
}

/// <summary>The values of one Service, in the JSON array <c>services</c>.</summary>
internal sealed record ServiceOutputs(
    string Name,
    string Outcome,
    string? ServiceSid,
    string? Manifest,
    string? BuildSid,
    string? DeploymentSid,
    string? Environment,
    string? Domain,
    string? Url
)
{
    public static ServiceOutputs From(ServiceRun service) =>
        new(
            service.Name,
            RunOutcome.From(service.Run).Name,
            service.Run.ServiceSid,
            service.Run.ManifestPath,
            service.Run.BuildSid,
            service.Run.Deployment?.DeploymentSid,
            service.Run.Deployment?.Environment,
            service.Run.Deployment?.Domain,
            service.Run.Deployment?.Url.AbsoluteUri
        );
}

[JsonSerializable(typeof(IReadOnlyList<ServiceOutputs>))]
internal sealed partial class ServiceOutputsJson : JsonSerializerContext
{
    public static ServiceOutputsJson Format { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            }
        );
}
