namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>What the contenders deploy, and how the service behaves meanwhile.</summary>
/// <param name="Name">For the command line.</param>
/// <param name="Title">For people.</param>
/// <param name="Size">Of each file in bytes.</param>
/// <param name="Faults">The emulator's fault settings as JSON without braces, in addition to the latency.</param>
internal sealed record ComparedCase(string Name, string Title, int Files, int Size, string Faults)
{
    /// <summary>The duration of each request in milliseconds.</summary>
    public const int LatencyMs = 100;

    public Preparation Preparation { get; init; }

    /// <summary>
    /// The seconds that the service needs for the two requests of each new file if as many as it allows are always in flight.
    /// Null if that is not what limits the case.
    /// </summary>
    public double? Ideal { get; init; }

    /// <summary>The number of concurrent requests that suits the service best, for contenders that need to be told.</summary>
    public int BestConcurrency { get; init; } = 40;

    /// <summary>Whether a run can take so long that it is measured once instead of in each round.</summary>
    public bool IsMeasuredOnce { get; init; }

    public static IReadOnlyList<ComparedCase> All { get; } =
    [
        Allowing(40, 1000) with
        {
            Name = "first",
            Title = "First deployment of 1,000 files",
        },
        Allowing(40, 1000) with
        {
            Name = "again",
            Title = "Second deployment, nothing changed",
            Preparation = Preparation.Deployed,
            Ideal = null,
        },
        Allowing(40, 1000) with
        {
            Name = "changed",
            Title = "Second deployment, one of 1,000 files changed",
            Preparation = Preparation.DeployedThenChanged,
            Ideal = null,
        },
        Allowing(40, 40) with
        {
            Name = "large",
            Title = "40 files of 20 MB",
            Size = 20_000_000,
            Ideal = null,
        },
        Allowing(5, 200) with
        {
            Name = "allows-5",
            Title = "200 files, 5 requests allowed at once",
        },
        Allowing(40, 200) with
        {
            Name = "allows-40",
            Title = "200 files, 40 requests allowed at once",
        },
        Allowing(100, 200) with
        {
            Name = "allows-100",
            Title = "200 files, 100 requests allowed at once",
        },
        Allowing(40, 1000, """, "rate500": 0.01""") with
        {
            Name = "errors",
            Title = "1,000 files, 1 % of requests get 500",
        },
        Allowing(
            40,
            1000,
            """, "rate503Html": 0.02, "rate502Html": 0.01, "rateReset": 0.02, "rateResetAfterWork": 0.01, "rateTruncated": 0.01"""
        ) with
        {
            Name = "mix",
            Title = "1,000 files, 7 % of requests fail in different ways",
        },
        Allowing(40, 200, """, "hangNthRequest": 100""") with
        {
            Name = "stalled",
            Title = "200 files, one request gets no response",
            IsMeasuredOnce = true,
        },
    ];

    private static ComparedCase Allowing(int concurrency, int files, string faults = "") =>
        new("", "", files, 1024, $$""" "allowedConcurrency": {{concurrency}}{{faults}}""")
        {
            Ideal = 2.0 * files / concurrency * LatencyMs / 1000,
            BestConcurrency = concurrency,
        };
}

/// <summary>What has happened before the measured deployment.</summary>
internal enum Preparation
{
    None,

    /// <summary>The same files were deployed.</summary>
    Deployed,

    /// <summary>The same files were deployed, then one was changed.</summary>
    DeployedThenChanged,
}
