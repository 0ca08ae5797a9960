using Serverless.Assets.Client;
using Serverless.Assets.Settings;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Decides which of the live assets stay that the manifest does not list. With
/// <see cref="UnlistedAssetPolicy.KeepFor"/>, an asset is removed only if this project deployed it and its manifest has
/// been without it for long enough. What is not recorded, or another project deployed, is not this project's to remove.
/// </summary>
internal sealed record UnlistedAssets
{
    private readonly UnlistedAssetPolicy _policy;
    private readonly TimeSpan _keepTime;
    private readonly SiteState? _live;
    private readonly string? _project;
    private readonly DateTimeOffset _now;

    /// <param name="writesState">Whether the new Build has a state file of its own.</param>
    /// <param name="live">What is known of the live Build; null: nothing.</param>
    /// <param name="project">The project of the manifest; null: no MSBuild project.</param>
    public UnlistedAssets(
        ValidatedDeploymentSettings settings,
        bool writesState,
        SiteState? live,
        string? project,
        DateTimeOffset now
    )
    {
        _policy = settings.OtherAssets;
        _keepTime = settings.KeepTime;
        WritesState = writesState;
        _live = live;
        _project = project;
        _now = now;
    }

    public bool WritesState { get; }

    public bool IsKept(AssetVersionResource version) =>
        _policy switch
        {
            UnlistedAssetPolicy.Keep => true,
            UnlistedAssetPolicy.Remove => false,
            _ => _live?.FindRecord(version) is not { } record
                || record.Project != _project
                || record.LeftAt is not { } left
                || _now - left < _keepTime,
        };

    /// <summary>
    /// The time to record for an asset that stays, in whole seconds; null: it is not on its way out.
    /// </summary>
    public DateTimeOffset? GetLeftAt(AssetRecord record) =>
        _policy == UnlistedAssetPolicy.KeepFor && record.Project == _project
            ? record.LeftAt
                ?? new DateTimeOffset(_now.UtcTicks - (_now.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero)
            : record.LeftAt;
}
