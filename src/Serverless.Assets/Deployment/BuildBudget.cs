using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Counts the Builds that an account has created in the past hour, as far as the run knows: those of its own Services,
/// which it has listed or created. Thread-safe.
/// </summary>
internal sealed class BuildBudget
{
    /// <summary>Builds an hour, of all Services of an account together.</summary>
    public const int Limit = 100;

    /// <summary>The number of known Builds from which users are warned.</summary>
    public const int Low = 80;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Sid, DateTimeOffset> _created = [];
    private readonly TimeProvider _clock;
    private bool _hasWarned;

    /// <param name="clock">
    /// That of this machine. The times of Builds are those of the service. If a Build is newer than this clock allows, its
    /// time is taken as the current one. If this clock is ahead, Builds seem to be older, and fewer are counted.
    /// </param>
    public BuildBudget(TimeProvider clock) => _clock = clock;

    private DateTimeOffset Now => _created.Values.Append(_clock.GetUtcNow()).Max();

    /// <summary>The known Builds of the past hour.</summary>
    public KnownBuilds Known
    {
        get
        {
            lock (_lock)
            {
                var start = Now - Window;
                var recent = _created.Values.Where(time => time > start).ToList();
                return new KnownBuilds(recent.Count, recent.Count == 0 ? null : recent.Min() + Window);
            }
        }
    }

    public void Add(BuildResource build)
    {
        lock (_lock)
        {
            _created[build.Sid] = build.DateCreated == default ? _clock.GetUtcNow() : build.DateCreated;
        }
    }

    public bool IsRecent(BuildResource build)
    {
        lock (_lock)
        {
            return build.DateCreated > Now - Window;
        }
    }

    /// <summary>Warns once if few Builds are left.</summary>
    /// <exception cref="AssetException">
    /// None is left, and <paramref name="limits"/> are not only warnings.
    /// </exception>
    public void CheckBeforeCreation(ServiceLimits limits, IAssetLogger logger)
    {
        var known = Known;
        if (known.Count < Low)
        {
            return;
        }

        var problem =
            known.Count >= Limit
                ? DeploymentDiagnostics.BuildBudgetSpent(known, limits)
                : DeploymentDiagnostics.BuildBudgetLow(known);
        if (problem.Severity == DiagnosticSeverity.Error)
        {
            throw new AssetException(problem);
        }

        if (!_hasWarned)
        {
            _hasWarned = true;
            logger.Warn(problem);
        }
    }
}

/// <summary>Builds of the past hour.</summary>
/// <param name="NextAt">When the oldest one no longer counts; null: there is none.</param>
internal sealed record KnownBuilds(int Count, DateTimeOffset? NextAt);
