namespace Serverless.Assets.Cli.Output;

/// <summary>An Asset that nothing uses.</summary>
internal sealed record PruneOutputItem(string Name, string AssetSid);
