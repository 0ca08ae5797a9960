namespace Serverless.Assets.Emulator;

/// <summary>
/// Fault settings; all are off by default. Rates are from 0 to 1. Which requests a rate selects depends on
/// <see cref="Seed"/>, the operation, its target and the number of earlier requests for it, but not on the order in
/// which requests arrive, so the same run always fails in the same way.
/// </summary>
public sealed record EmulatorFaults
{
    /// <summary>
    /// Other clients of the account leave room for few requests: those above a limit at once or a second get 429.
    /// </summary>
    public static EmulatorFaults BusyAccount { get; } =
        new()
        {
            LatencyMs = 100,
            AllowedConcurrency = 5,
            RequestsPerSecond = 20,
            RetryAfterSeconds = 1,
            ThrottledLatencyMs = 20,
            ConcurrencyHeader = true,
        };

    /// <summary>
    /// Requests take longer, and about one in seven fails: 502 or 503 of a proxy, or a connection that closes before the
    /// request is processed, afterwards or halfway through the response.
    /// </summary>
    public static EmulatorFaults FlakyNetwork { get; } =
        new()
        {
            LatencyMs = 50,
            Rate503Html = 0.04,
            Rate502Html = 0.02,
            RateReset = 0.04,
            RateResetAfterWork = 0.02,
            RateTruncated = 0.02,
        };

    /// <summary>Builds take two seconds and end as <c>failed</c>.</summary>
    public static EmulatorFaults FailingBuilds { get; } = new() { FailBuilds = true, BuildSeconds = 2 };

    /// <summary>A different seed selects different requests.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Minimum duration of an API request in milliseconds, also of one that gets 429 unless
    /// <see cref="ThrottledLatencyMs"/> is set.
    /// </summary>
    public int LatencyMs { get; init; }

    /// <summary>Upload bandwidth, shared by all uploads; 0 = unlimited.</summary>
    public long BandwidthBytesPerSecond { get; init; }

    /// <summary>
    /// Maximum number of API requests in flight; 0 = unlimited. Further requests get 429 and are not processed.
    /// </summary>
    public int AllowedConcurrency { get; init; }

    /// <summary>
    /// Maximum number of API requests that are accepted within any second; 0 = unlimited. Further requests get 429 and
    /// are not processed, and do not count. Independent of <see cref="AllowedConcurrency"/>.
    /// </summary>
    public int RequestsPerSecond { get; init; }

    /// <summary>The <c>Retry-After</c> header of a 429, in seconds; null = no header.</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Minimum duration of a request that gets 429, in milliseconds; null = <see cref="LatencyMs"/>.</summary>
    public int? ThrottledLatencyMs { get; init; }

    /// <summary>
    /// Whether requests that get 429 count for <see cref="AllowedConcurrency"/> until their response begins.
    /// </summary>
    public bool ThrottledOccupiesSlot { get; init; }

    /// <summary>The form of the body of a 429.</summary>
    public ThrottledBody ThrottledBody { get; init; }

    /// <summary>
    /// Whether responses report the number of concurrent requests in <c>Twilio-Concurrent-Requests</c>.
    /// </summary>
    public bool ConcurrencyHeader { get; init; }

    /// <summary>The requests that <see cref="ConcurrencyHeader"/> counts.</summary>
    public ConcurrencyHeaderCount ConcurrencyHeaderCounts { get; init; }

    /// <summary>Share of requests that get 500 in JSON and are not processed.</summary>
    public double Rate500 { get; init; }

    /// <summary>Share of requests that get 503 in HTML, as from a proxy, and are not processed.</summary>
    public double Rate503Html { get; init; }

    /// <summary>Share of requests that get 502 in HTML, as from a proxy, and are not processed.</summary>
    public double Rate502Html { get; init; }

    /// <summary>Share of requests whose connection is closed before they are processed.</summary>
    public double RateReset { get; init; }

    /// <summary>Share of requests that are processed and whose connection is then closed without a response.</summary>
    public double RateResetAfterWork { get; init; }

    /// <summary>
    /// Share of requests that are processed and whose connection is closed halfway through the response.
    /// </summary>
    public double RateTruncated { get; init; }

    /// <summary>Share of requests that are processed and get a success status with invalid JSON.</summary>
    public double RateBrokenJson { get; init; }

    /// <summary>
    /// Number, from 1, of the API request that gets no response and is not processed, counted since the settings were
    /// last set; 0 = none.
    /// </summary>
    public int HangNthRequest { get; init; }

    /// <summary>Number, from 1, of the page that gets 500 in every list; 0 = none.</summary>
    public int FailListPage { get; init; }

    /// <summary>Like <see cref="FailListPage"/>, but only the first time that page of a list is requested.</summary>
    public int FailListPageOnce { get; init; }

    /// <summary>Whether new Builds end as <c>failed</c>.</summary>
    public bool FailBuilds { get; init; }

    /// <summary>How long new Builds remain <c>building</c>.</summary>
    public double BuildSeconds { get; init; }

    /// <summary>How long sites keep showing the previous content after a new Deployment.</summary>
    public double PropagationSeconds { get; init; }

    /// <summary>Offset of the service's clock; may be negative. 691200 is eight days.</summary>
    public double ClockShiftSeconds { get; init; }

    /// <summary>
    /// Error status, from 400 to 599, of the uploads that <see cref="RejectPathContains"/> selects; 0 = none.
    /// </summary>
    public int RejectStatus { get; init; }

    /// <summary>
    /// Text in the <c>Path</c> of the uploads to reject with <see cref="RejectStatus"/>; null = none.
    /// </summary>
    public string? RejectPathContains { get; init; }

    /// <summary>
    /// Limits faults to an operation, such as <c>Asset.Create</c>; null = all. Like <see cref="OnlyPathContains"/> and
    /// <see cref="OnlyNextRequests"/>, it applies to the settings that delay, reject or damage single requests: not to
    /// <see cref="BandwidthBytesPerSecond"/>, <see cref="ConcurrencyHeader"/> and the settings of Builds, propagation
    /// and clock. Limits count only the requests to which all three apply.
    /// </summary>
    public string? OnlyOperation { get; init; }

    /// <summary>
    /// Limits faults to requests with a text in the path of their URL or in the <c>Path</c> of an upload; null = all.
    /// An upload is then read before a limit or a latency applies to it.
    /// </summary>
    public string? OnlyPathContains { get; init; }

    /// <summary>
    /// Limits faults to the first requests that match the operation and the path since the settings were last set;
    /// 0 = all.
    /// </summary>
    public int OnlyNextRequests { get; init; }
}

/// <summary>The JSON in the body of a 429. Users of the service have seen both forms.</summary>
public enum ThrottledBody
{
    /// <summary>
    /// The fields of all other errors: <c>code</c>, <c>message</c>, <c>more_info</c> and <c>status</c>.
    /// </summary>
    Standard,

    /// <summary><c>status</c>, <c>message</c>, <c>detail</c>, <c>code</c> and <c>moreInfo</c>.</summary>
    Detailed,
}

/// <summary>
/// What <c>Twilio-Concurrent-Requests</c> counts. A request is in flight from its arrival until its response begins,
/// unless it gets 429.
/// </summary>
public enum ConcurrencyHeaderCount
{
    /// <summary>The requests in flight when the request arrived, including itself if it was accepted.</summary>
    AtArrival,

    /// <summary>
    /// Like <see cref="AtArrival"/>, plus the requests that get 429 and whose response has not begun.
    /// </summary>
    AtArrivalWithRejected,

    /// <summary>The requests in flight when the response begins, including itself if it was accepted.</summary>
    AtResponse,

    /// <summary>The requests in flight one second before the request arrived.</summary>
    OneSecondBeforeArrival,
}
