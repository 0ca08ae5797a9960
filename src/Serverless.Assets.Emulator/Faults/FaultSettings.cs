using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>The fault settings: one for each property of <see cref="EmulatorFaults"/>, in the same order.</summary>
internal static class FaultSettings
{
    public static IReadOnlyList<Setting<EmulatorFaults>> All { get; } =
    [
        new NumberSetting<EmulatorFaults, int>(
            nameof(EmulatorFaults.Seed),
            "Seed that selects which requests fail",
            faults => faults.Seed,
            (faults, n) => faults with { Seed = n }
        )
        {
            Minimum = int.MinValue,
        },
        Integer(
            nameof(EmulatorFaults.LatencyMs),
            "Minimum duration of an API request in milliseconds",
            faults => faults.LatencyMs,
            (faults, n) => faults with { LatencyMs = n }
        ),
        new NumberSetting<EmulatorFaults, long>(
            nameof(EmulatorFaults.BandwidthBytesPerSecond),
            "Upload bandwidth, shared by all uploads",
            faults => faults.BandwidthBytesPerSecond,
            (faults, n) => faults with { BandwidthBytesPerSecond = n }
        ),
        Integer(
            nameof(EmulatorFaults.AllowedConcurrency),
            "Maximum number of API requests in flight; others get 429",
            faults => faults.AllowedConcurrency,
            (faults, n) => faults with { AllowedConcurrency = n }
        ),
        Integer(
            nameof(EmulatorFaults.RequestsPerSecond),
            "Maximum number of API requests accepted within any second; others get 429",
            faults => faults.RequestsPerSecond,
            (faults, n) => faults with { RequestsPerSecond = n }
        ),
        Integer(
            nameof(EmulatorFaults.RetryAfterSeconds),
            "Retry-After header of a 429",
            faults => faults.RetryAfterSeconds,
            (faults, n) => faults with { RetryAfterSeconds = n }
        ),
        Integer(
            nameof(EmulatorFaults.ThrottledLatencyMs),
            "Minimum duration of a request that gets 429 in milliseconds. Defaults to --latency-ms",
            faults => faults.ThrottledLatencyMs,
            (faults, n) => faults with { ThrottledLatencyMs = n }
        ),
        new SwitchSetting<EmulatorFaults>(
            nameof(EmulatorFaults.ThrottledOccupiesSlot),
            "Count requests that get 429 for --allowed-concurrency until their response begins",
            faults => faults with { ThrottledOccupiesSlot = true }
        ),
        new ChoiceSetting<EmulatorFaults, ThrottledBody>(
            nameof(EmulatorFaults.ThrottledBody),
            "Form of the body of a 429",
            faults => faults.ThrottledBody,
            (faults, body) => faults with { ThrottledBody = body }
        ),
        new SwitchSetting<EmulatorFaults>(
            nameof(EmulatorFaults.ConcurrencyHeader),
            "Send Twilio-Concurrent-Requests with each response",
            faults => faults with { ConcurrencyHeader = true }
        ),
        new ChoiceSetting<EmulatorFaults, ConcurrencyHeaderCount>(
            nameof(EmulatorFaults.ConcurrencyHeaderCounts),
            "What Twilio-Concurrent-Requests counts",
            faults => faults.ConcurrencyHeaderCounts,
            (faults, counts) => faults with { ConcurrencyHeaderCounts = counts }
        ),
        Rate(
            nameof(EmulatorFaults.Rate500),
            "that get 500",
            faults => faults.Rate500,
            (faults, rate) => faults with { Rate500 = rate }
        ),
        Rate(
            nameof(EmulatorFaults.Rate503Html),
            "that get 503 from a proxy, in HTML",
            faults => faults.Rate503Html,
            (faults, rate) => faults with { Rate503Html = rate }
        ),
        Rate(
            nameof(EmulatorFaults.Rate502Html),
            "that get 502 from a proxy, in HTML",
            faults => faults.Rate502Html,
            (faults, rate) => faults with { Rate502Html = rate }
        ),
        Rate(
            nameof(EmulatorFaults.RateReset),
            "whose connection is closed before they are processed",
            faults => faults.RateReset,
            (faults, rate) => faults with { RateReset = rate }
        ),
        Rate(
            nameof(EmulatorFaults.RateResetAfterWork),
            "whose connection is closed after they are processed",
            faults => faults.RateResetAfterWork,
            (faults, rate) => faults with { RateResetAfterWork = rate }
        ),
        Rate(
            nameof(EmulatorFaults.RateTruncated),
            "whose connection is closed halfway through the response",
            faults => faults.RateTruncated,
            (faults, rate) => faults with { RateTruncated = rate }
        ),
        Rate(
            nameof(EmulatorFaults.RateBrokenJson),
            "that get invalid JSON with a success status",
            faults => faults.RateBrokenJson,
            (faults, rate) => faults with { RateBrokenJson = rate }
        ),
        Integer(
            nameof(EmulatorFaults.HangNthRequest),
            "Number of the API request that never gets a response",
            faults => faults.HangNthRequest,
            (faults, n) => faults with { HangNthRequest = n }
        ),
        Integer(
            nameof(EmulatorFaults.FailListPage),
            "Page of every list that gets 500",
            faults => faults.FailListPage,
            (faults, n) => faults with { FailListPage = n }
        ),
        Integer(
            nameof(EmulatorFaults.FailListPageOnce),
            "Page of every list that gets 500 when first requested",
            faults => faults.FailListPageOnce,
            (faults, n) => faults with { FailListPageOnce = n }
        ),
        new SwitchSetting<EmulatorFaults>(
            nameof(EmulatorFaults.FailBuilds),
            "Make Builds fail",
            faults => faults with { FailBuilds = true }
        ),
        Seconds(
            nameof(EmulatorFaults.BuildSeconds),
            "Duration of a Build",
            faults => faults.BuildSeconds,
            (faults, n) => faults with { BuildSeconds = n }
        ),
        Seconds(
            nameof(EmulatorFaults.PropagationSeconds),
            "Delay until a site shows a new Deployment",
            faults => faults.PropagationSeconds,
            (faults, n) => faults with { PropagationSeconds = n }
        ),
        Seconds(
            nameof(EmulatorFaults.ClockShiftSeconds),
            "Offset of the service's clock",
            faults => faults.ClockShiftSeconds,
            (faults, n) => faults with { ClockShiftSeconds = n }
        ) with
        {
            Minimum = -int.MaxValue,
        },
        Integer(
            nameof(EmulatorFaults.RejectStatus),
            "Status for the uploads that --reject-path-contains selects",
            faults => faults.RejectStatus,
            (faults, n) => faults with { RejectStatus = n }
        ) with
        {
            Minimum = 400,
            Maximum = 599,
            AllowsZero = true,
        },
        new TextSetting<EmulatorFaults>(
            nameof(EmulatorFaults.RejectPathContains),
            "TEXT",
            "Text in the Path of the uploads to reject",
            faults => faults.RejectPathContains,
            (faults, text) => faults with { RejectPathContains = text }
        ),
        new TextSetting<EmulatorFaults>(
            nameof(EmulatorFaults.OnlyOperation),
            "OPERATION",
            "Limit faults to one operation, such as Asset.Create",
            faults => faults.OnlyOperation,
            (faults, text) => faults with { OnlyOperation = text }
        )
        {
            Expected = $"one of {string.Join(", ", ApiOperation.Names)}",
            IsValid = text => text is null || ApiOperation.Names.Contains(text),
        },
        new TextSetting<EmulatorFaults>(
            nameof(EmulatorFaults.OnlyPathContains),
            "TEXT",
            "Limit faults to requests with this text in their path, or in the Path of an upload",
            faults => faults.OnlyPathContains,
            (faults, text) => faults with { OnlyPathContains = text }
        ),
        Integer(
            nameof(EmulatorFaults.OnlyNextRequests),
            "Limit faults to this number of requests; 0 is unlimited",
            faults => faults.OnlyNextRequests,
            (faults, n) => faults with { OnlyNextRequests = n }
        ),
    ];

    /// <summary>Created when it is used, because the start does not read JSON and would take longer.</summary>
    public static SettingsReader<EmulatorFaults> Reader =>
        new("fault setting", All, ControlJson.Default.EmulatorFaults);

    private static NumberSetting<EmulatorFaults, int> Integer(
        string property,
        string description,
        Func<EmulatorFaults, int?> get,
        Func<EmulatorFaults, int, EmulatorFaults> set
    ) => new(property, description, get, set);

    private static NumberSetting<EmulatorFaults, double> Seconds(
        string property,
        string description,
        Func<EmulatorFaults, double?> get,
        Func<EmulatorFaults, double, EmulatorFaults> set
    ) => new(property, description, get, set) { HelpName = "SECONDS" };

    private static NumberSetting<EmulatorFaults, double> Rate(
        string property,
        string which,
        Func<EmulatorFaults, double?> get,
        Func<EmulatorFaults, double, EmulatorFaults> set
    ) => new(property, $"Share of API requests {which}", get, set) { HelpName = "0..1", Maximum = 1 };
}
