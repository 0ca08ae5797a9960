using Serverless.Assets.Client;

namespace Serverless.Assets.Deployment;

/// <summary>Assets that nothing live holds.</summary>
/// <param name="Live">What was live when they were chosen: Environment and Build.</param>
internal sealed record PruneCandidates(
    IReadOnlyList<AssetResource> Assets,
    IReadOnlyList<(string Environment, string Build)> Live
);
