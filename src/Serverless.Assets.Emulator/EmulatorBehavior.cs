namespace Serverless.Assets.Emulator;

/// <summary>
/// What the emulator does where the behavior of the service is not documented. The defaults are the behavior that users
/// of the service have reported, else the more useful one; test with both.
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
}
