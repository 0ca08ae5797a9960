namespace Serverless.Assets.Reporting;

/// <summary>How an attempt of a request ended.</summary>
internal enum AttemptOutcome
{
    Answered,

    /// <summary>429: the service had too many to do, and it was sent again.</summary>
    Throttled,

    /// <summary>The service said no, or the connection broke. Whether it was sent again depends on what it was.</summary>
    Failed,
}
