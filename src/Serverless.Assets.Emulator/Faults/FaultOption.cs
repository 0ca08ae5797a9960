using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>The command-line option of one fault setting.</summary>
/// <param name="Apply">Returns the settings with the option's value, or unchanged if the option is absent.</param>
internal sealed record FaultOption(Option Option, Func<ParseResult, EmulatorFaults, EmulatorFaults> Apply)
{
    /// <summary>One option for each property of <see cref="EmulatorFaults"/>, in the same order.</summary>
    public static IReadOnlyList<FaultOption> CreateAll() =>
        [
            Integer<int>("--seed", "Seed that selects which requests fail", (faults, n) => faults with { Seed = n }),
            Integer<int>(
                "--latency-ms",
                "Minimum duration of an API request in milliseconds",
                (faults, n) => faults with { LatencyMs = n }
            ),
            Integer<long>(
                "--bandwidth-bytes-per-second",
                "Upload bandwidth, shared by all uploads",
                (faults, n) => faults with { BandwidthBytesPerSecond = n }
            ),
            Integer<int>(
                "--allowed-concurrency",
                "Maximum number of API requests in flight; others get 429",
                (faults, n) => faults with { AllowedConcurrency = n }
            ),
            Integer<int>(
                "--requests-per-second",
                "Maximum number of API requests accepted within any second; others get 429",
                (faults, n) => faults with { RequestsPerSecond = n }
            ),
            Integer<int>(
                "--retry-after-seconds",
                "Retry-After header of a 429",
                (faults, n) => faults with { RetryAfterSeconds = n }
            ),
            Integer<int>(
                "--throttled-latency-ms",
                "Minimum duration of a request that gets 429 in milliseconds. Defaults to --latency-ms",
                (faults, n) => faults with { ThrottledLatencyMs = n }
            ),
            Switch(
                "--throttled-occupies-slot",
                "Count requests that get 429 for --allowed-concurrency until their response begins",
                faults => faults with { ThrottledOccupiesSlot = true }
            ),
            Switch(
                "--concurrency-header",
                "Send Twilio-Concurrent-Requests with each response",
                faults => faults with { ConcurrencyHeader = true }
            ),
            Choice<ConcurrencyHeaderCount>(
                "--concurrency-header-counts",
                "What Twilio-Concurrent-Requests counts",
                (faults, counts) => faults with { ConcurrencyHeaderCounts = counts }
            ),
            Rate("--rate500", "that get 500", (faults, rate) => faults with { Rate500 = rate }),
            Rate(
                "--rate503-html",
                "that get 503 from a proxy, in HTML",
                (faults, rate) => faults with { Rate503Html = rate }
            ),
            Rate(
                "--rate502-html",
                "that get 502 from a proxy, in HTML",
                (faults, rate) => faults with { Rate502Html = rate }
            ),
            Rate(
                "--rate-reset",
                "whose connection is closed before they are processed",
                (faults, rate) => faults with { RateReset = rate }
            ),
            Rate(
                "--rate-reset-after-work",
                "whose connection is closed after they are processed",
                (faults, rate) => faults with { RateResetAfterWork = rate }
            ),
            Rate(
                "--rate-truncated",
                "whose connection is closed halfway through the response",
                (faults, rate) => faults with { RateTruncated = rate }
            ),
            Rate(
                "--rate-broken-json",
                "that get invalid JSON with a success status",
                (faults, rate) => faults with { RateBrokenJson = rate }
            ),
            Integer<int>(
                "--hang-nth-request",
                "Number of the API request that never gets a response",
                (faults, n) => faults with { HangNthRequest = n }
            ),
            Integer<int>(
                "--fail-list-page",
                "Page of every list that gets 500",
                (faults, n) => faults with { FailListPage = n }
            ),
            Integer<int>(
                "--fail-list-page-once",
                "Page of every list that gets 500 when first requested",
                (faults, n) => faults with { FailListPageOnce = n }
            ),
            Switch("--fail-builds", "Make Builds fail", faults => faults with { FailBuilds = true }),
            Seconds("--build-seconds", "Duration of a Build", (faults, n) => faults with { BuildSeconds = n }),
            Seconds(
                "--propagation-seconds",
                "Delay until a site shows a new Deployment",
                (faults, n) => faults with { PropagationSeconds = n }
            ),
            Seconds(
                "--clock-shift-seconds",
                "Offset of the service's clock",
                (faults, n) => faults with { ClockShiftSeconds = n }
            ),
            Integer<int>(
                "--reject-status",
                "Status for the uploads that --reject-path-contains selects",
                (faults, n) => faults with { RejectStatus = n }
            ),
            Create(
                new Option<string>("--reject-path-contains")
                {
                    HelpName = "TEXT",
                    Description = "Text in the Path of the uploads to reject",
                },
                (faults, text) => faults with { RejectPathContains = text }
            ),
        ];

    private static FaultOption Integer<T>(string name, string description, Func<EmulatorFaults, T, EmulatorFaults> set)
        where T : struct, INumber<T> => Number(name, "N", description, NumberStyles.AllowLeadingSign, set);

    private static FaultOption Seconds(
        string name,
        string description,
        Func<EmulatorFaults, double, EmulatorFaults> set
    ) => Number(name, "SECONDS", description, NumberStyles.Float, set);

    private static FaultOption Rate(string name, string which, Func<EmulatorFaults, double, EmulatorFaults> set) =>
        Number(name, "0..1", $"Share of API requests {which}", NumberStyles.Float, set);

    private static FaultOption Switch(string name, string description, Func<EmulatorFaults, EmulatorFaults> set) =>
        Create(
            new Option<bool>(name) { Description = description, Arity = ArgumentArity.Zero },
            (faults, _) => set(faults)
        );

    private static FaultOption Choice<T>(string name, string description, Func<EmulatorFaults, T, EmulatorFaults> set)
        where T : struct, Enum
    {
        var names = FaultChoice.GetNames(typeof(T));
        var option = new Option<T>(name)
        {
            HelpName = "VALUE",
            Description = $"{description}: {string.Join(", ", names)}",
            CustomParser = Parse,
        };
        option.CompletionSources.Clear(); // the names of the enum's members in .NET
        option.CompletionSources.Add([.. names]);
        return Create(option, set);

        T Parse(ArgumentResult result)
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (FaultChoice.Find<T>(text, StringComparison.OrdinalIgnoreCase) is { } value)
            {
                return value;
            }

            result.AddError($"{name} '{text}' is not valid: it must be {FaultChoice.GetExpected(typeof(T))}.");
            return default;
        }
    }

    private static FaultOption Number<T>(
        string name,
        string helpName,
        string description,
        NumberStyles style,
        Func<EmulatorFaults, T, EmulatorFaults> set
    )
        where T : struct, INumber<T>
    {
        return Create(
            new Option<T>(name)
            {
                HelpName = helpName,
                Description = description,
                CustomParser = Parse,
            },
            set
        );

        T Parse(ArgumentResult result)
        {
            var text = result.Tokens is [var token] ? token.Value : "";
            if (!T.TryParse(text, style, CultureInfo.InvariantCulture, out var value))
            {
                var kind = style == NumberStyles.Float ? "a number" : "a whole number";
                var expected = BigInteger.TryParse(text, style, CultureInfo.InvariantCulture, out _)
                    ? $"it must be {FaultLimit.GetExpected(option: name)}"
                    : $"expected {kind}";
                result.AddError($"{name} '{text}' is not valid: {expected}.");
            }
            else if (set(new EmulatorFaults(), value).FindProblem() is { } problem)
            {
                result.AddError($"{name} '{text}' is not valid: it must be {problem.Expected}.");
            }

            return value;
        }
    }

    private static FaultOption Create<T>(Option<T> option, Func<EmulatorFaults, T, EmulatorFaults> set) =>
        new(
            option,
            (parsed, faults) =>
                parsed.GetResult(option) is { Implicit: false } ? set(faults, parsed.GetValue(option)!) : faults
        );
}
