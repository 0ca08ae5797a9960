using System.Text.Json.Serialization;

namespace Serverless.Assets.Api;

/// <summary>The body of a refusal. 429s were also seen with <c>detail</c> and <c>moreInfo</c>.</summary>
internal sealed record ApiErrorBody
{
    public int? Code { get; init; }

    public string? Message { get; init; }

    public string? Detail { get; init; }

    public string? MoreInfo { get; init; }

    [JsonPropertyName("moreInfo")]
    public string? MoreInfoInCamelCase { get; init; }
}
