using System.Text.Json;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>prune --json</c>.</summary>
internal sealed record PruneOutput(bool Deleted, IReadOnlyList<PruneOutputItem> Assets)
{
    public static PruneOutput Of(IReadOnlyList<(string Name, string Sid)> assets, bool isDeleted) =>
        new(isDeleted, assets.Select(asset => new PruneOutputItem(asset.Name, asset.Sid)).ToList());

    public string ToJson() => JsonSerializer.Serialize(this, OutputJson.Written.PruneOutput);
}
