using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Api;

/// <summary>One page of a list. <see cref="PageMeta.Key"/> names the array that holds the items.</summary>
internal sealed record Page
{
    public required PageMeta Meta { get; init; }

    // Not init: the source generator would pass it to a constructor, which extension data can't be.
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Arrays { get; set; }
}
