using Serverless.Assets.Settings;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Discovery;

/// <summary>What to collect.</summary>
internal sealed record CollectRequest
{
    /// <summary>How files become URL paths. Not validated yet.</summary>
    public required SettingValues Settings { get; init; }

    /// <summary>The output of a publish, collected together with <see cref="Sources"/>; null: there is none.</summary>
    public PublishedSite? Published { get; init; }

    /// <summary>
    /// Folders and files. If there are none, and no <see cref="Published"/> either: the folder <c>assets</c> of the
    /// project, else its folder <c>static</c>.
    /// </summary>
    public IReadOnlyList<AssetSource> Sources { get; init; } = [];
}
