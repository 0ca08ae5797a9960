using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;

namespace Serverless.Assets;

/// <summary>What an upload would do with one asset.</summary>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Hexadecimal.</param>
public sealed record PlannedUpload(LocalAsset Asset, long Size, string Sha256, PlannedAction Action, LiveChange Change);
