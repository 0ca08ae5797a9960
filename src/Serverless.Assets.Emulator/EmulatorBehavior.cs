namespace Serverless.Assets.Emulator;

/// <summary>
/// What the emulator does where the behavior of the service is not documented, or changes with time. The defaults are
/// the behavior that users of the service have reported, else the more useful one; test with both.
/// </summary>
public sealed record EmulatorBehavior
{
    /// <summary>Whether sites answer HEAD requests; otherwise they get 405, as users have reported.</summary>
    public bool AnswersHead { get; init; }

    /// <summary>Whether sites support <c>Range</c> requests; otherwise they ignore the header.</summary>
    public bool ServesRanges { get; init; } = true;

    /// <summary>Whether sites send an <c>ETag</c> and answer <c>If-None-Match</c> with 304.</summary>
    public bool SendsETags { get; init; } = true;

    /// <summary>Whether a Build can have two versions with the same path; otherwise it gets 400.</summary>
    public bool AcceptsDuplicatePaths { get; init; }

    /// <summary>
    /// Whether the limits on the numbers of Services, Environments and versions in a Build apply, which only earlier
    /// editions of the service's documentation list.
    /// </summary>
    public bool LimitsCounts { get; init; } = true;

    /// <summary>
    /// Maximum number of Builds that an account can create within an hour; 0 = unlimited. Further ones get 429. An
    /// earlier edition of the service's documentation names a limit of 100.
    /// </summary>
    public int BuildsPerHour { get; init; }

    /// <summary>
    /// Hours after which a Build that is not deployed is deleted; 0 = never. Earlier editions of the service's
    /// documentation name 1 and 24 hours.
    /// </summary>
    public int UndeployedBuildHours { get; init; }

    /// <summary>
    /// Days after which versions that are in no Build, and Assets and Functions without versions, are deleted;
    /// 0 = never. Earlier editions of the service's documentation name 30 days for versions.
    /// </summary>
    public int UnusedVersionDays { get; init; } = 7;

    /// <summary>The runtimes of new Builds, separated by commas. Others are refused.</summary>
    public string SupportedRuntimes { get; init; } = "node20,node22,node24";

    /// <summary>
    /// Packages that new Builds cannot have as dependencies, as <c>name@version</c>, separated by commas; null = none.
    /// </summary>
    public string? WithdrawnDependencies { get; init; }
}
