using Serverless.Assets.Client;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Deployment;

/// <summary>A complete Build, and what it was made over.</summary>
/// <param name="Environment">As it was then; null: there was none.</param>
/// <param name="Manifest">What it was made from; another than at first when versions had to be sent again.</param>
internal sealed record BuiltOver(
    MadeBuild Build,
    BuildPlan Composition,
    EnvironmentResource? Environment,
    AssetManifest Manifest
);
