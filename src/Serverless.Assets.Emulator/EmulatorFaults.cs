namespace Serverless.Assets.Emulator;

/// <summary>
/// How the emulator misbehaves. Everything is off by default. Rates are from 0 to 1 and drawn repeatably: from
/// <see cref="Seed"/>, the operation, what it works on and how often that was asked before, never from the order in
/// which requests happen to arrive.
/// </summary>
public sealed record EmulatorFaults
{
    /// <summary>Another seed, other requests that fail.</summary>
    public int Seed { get; init; }

    /// <summary>Milliseconds that each API request takes at least, a refused one too.</summary>
    public int LatencyMs { get; init; }

    /// <summary>How fast uploads are read, all of them together. 0 = as fast as they come.</summary>
    public long BandwidthBytesPerSecond { get; init; }

    /// <summary>Requests that may be in flight; one more is answered 429 and not processed. 0 = any number.</summary>
    public int AllowedConcurrency { get; init; }

    /// <summary><c>Retry-After</c> of a 429, in seconds; null = no such header.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Whether each answer tells the requests in flight in <c>Twilio-Concurrent-Requests</c>.</summary>
    public bool ConcurrencyHeader { get; init; }

    /// <summary>Share of requests answered 500 (JSON), before the work.</summary>
    public double Rate500 { get; init; }

    /// <summary>Share of requests answered 503 by a proxy (HTML), before the work.</summary>
    public double Rate503Html { get; init; }

    /// <summary>Share of requests answered 502 by a proxy (HTML), before the work.</summary>
    public double Rate502Html { get; init; }

    /// <summary>Share of requests whose connection is cut before the work.</summary>
    public double RateReset { get; init; }

    /// <summary>Share of requests whose connection is cut after the work, instead of the answer.</summary>
    public double RateResetAfterWork { get; init; }

    /// <summary>Share of requests whose connection is cut in the middle of the answer, after the work.</summary>
    public double RateTruncated { get; init; }

    /// <summary>Share of requests whose answer has its success status but broken JSON, after the work.</summary>
    public double RateBrokenJson { get; init; }

    /// <summary>The n-th API request from now is never answered and not processed. 0 = none.</summary>
    public int HangNthRequest { get; init; }

    /// <summary>The n-th page (from 1) of every list is answered 500, until changed. 0 = none.</summary>
    public int FailListPage { get; init; }

    /// <summary>The n-th page (from 1) of every list is answered 500 the first time it is asked for. 0 = none.</summary>
    public int FailListPageOnce { get; init; }

    /// <summary>Whether Builds that are created now end as <c>failed</c>.</summary>
    public bool FailBuilds { get; init; }

    /// <summary>How long Builds that are created now stay <c>building</c>.</summary>
    public double BuildSeconds { get; init; }

    /// <summary>How long the site still shows what was there before a deployment that is made now.</summary>
    public double PropagationSeconds { get; init; }

    /// <summary>How far the service's clock is ahead of the real one: 691200 is eight days.</summary>
    public double ClockShiftSeconds { get; init; }

    /// <summary>Status for uploads that <see cref="RejectPathContains"/> selects, for instance 413, 403 or 500. 0 = none.</summary>
    public int RejectStatus { get; init; }

    /// <summary>Text in the <c>Path</c> of the uploads to refuse with <see cref="RejectStatus"/>; null = none.</summary>
    public string? RejectPathContains { get; init; }

    /// <summary>What is wrong with these values, null when nothing is.</summary>
    internal string? Problem()
    {
        ReadOnlySpan<double> rates =
        [
            Rate500,
            Rate503Html,
            Rate502Html,
            RateReset,
            RateResetAfterWork,
            RateTruncated,
            RateBrokenJson,
        ];
        foreach (var rate in rates)
        {
            if (rate is not (>= 0 and <= 1))
            {
                return "A rate is from 0 to 1.";
            }
        }

        ReadOnlySpan<double> amounts =
        [
            LatencyMs,
            BandwidthBytesPerSecond,
            AllowedConcurrency,
            RetryAfterSeconds ?? 0,
            HangNthRequest,
            FailListPage,
            FailListPageOnce,
            BuildSeconds,
            PropagationSeconds,
        ];
        foreach (var amount in amounts)
        {
            if (amount is not (>= 0 and < int.MaxValue))
            {
                return "Numbers are not negative; only clockShiftSeconds may be.";
            }
        }

        return RejectStatus is 0 or (>= 400 and <= 599) ? null : "rejectStatus is from 400 to 599.";
    }
}
