using System.Globalization;
using System.Text.Json;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>The range of a numeric fault setting.</summary>
/// <param name="Property">The property of <see cref="EmulatorFaults"/>.</param>
internal sealed record FaultLimit(
    string Property,
    double Minimum,
    double Maximum,
    Func<EmulatorFaults, double> GetValue
)
{
    private static readonly FaultLimit[] All =
    [
        new(nameof(EmulatorFaults.Seed), int.MinValue, int.MaxValue, faults => faults.Seed),
        CreateForAmount(nameof(EmulatorFaults.LatencyMs), faults => faults.LatencyMs),
        CreateForAmount(nameof(EmulatorFaults.BandwidthBytesPerSecond), faults => faults.BandwidthBytesPerSecond),
        CreateForAmount(nameof(EmulatorFaults.AllowedConcurrency), faults => faults.AllowedConcurrency),
        CreateForAmount(nameof(EmulatorFaults.RequestsPerSecond), faults => faults.RequestsPerSecond),
        CreateForAmount(nameof(EmulatorFaults.RetryAfterSeconds), faults => faults.RetryAfterSeconds ?? 0),
        CreateForAmount(nameof(EmulatorFaults.ThrottledLatencyMs), faults => faults.ThrottledLatencyMs ?? 0),
        CreateForRate(nameof(EmulatorFaults.Rate500), faults => faults.Rate500),
        CreateForRate(nameof(EmulatorFaults.Rate503Html), faults => faults.Rate503Html),
        CreateForRate(nameof(EmulatorFaults.Rate502Html), faults => faults.Rate502Html),
        CreateForRate(nameof(EmulatorFaults.RateReset), faults => faults.RateReset),
        CreateForRate(nameof(EmulatorFaults.RateResetAfterWork), faults => faults.RateResetAfterWork),
        CreateForRate(nameof(EmulatorFaults.RateTruncated), faults => faults.RateTruncated),
        CreateForRate(nameof(EmulatorFaults.RateBrokenJson), faults => faults.RateBrokenJson),
        CreateForAmount(nameof(EmulatorFaults.HangNthRequest), faults => faults.HangNthRequest),
        CreateForAmount(nameof(EmulatorFaults.FailListPage), faults => faults.FailListPage),
        CreateForAmount(nameof(EmulatorFaults.FailListPageOnce), faults => faults.FailListPageOnce),
        CreateForAmount(nameof(EmulatorFaults.BuildSeconds), faults => faults.BuildSeconds),
        CreateForAmount(nameof(EmulatorFaults.PropagationSeconds), faults => faults.PropagationSeconds),
        new(nameof(EmulatorFaults.ClockShiftSeconds), -int.MaxValue, int.MaxValue, faults => faults.ClockShiftSeconds),
        new(nameof(EmulatorFaults.RejectStatus), 400, 599, faults => faults.RejectStatus) { AllowsZero = true },
    ];

    /// <summary>The valid values, such as <c>from 0 to 1</c>.</summary>
    public string Expected =>
        string.Create(CultureInfo.InvariantCulture, $"{(AllowsZero ? "0 or " : "")}from {Minimum:0} to {Maximum:0}");

    private bool AllowsZero { get; init; }

    /// <summary>Finds the first setting that is out of range or has an undefined value; null if all are valid.</summary>
    public static FaultProblem? FindProblem(EmulatorFaults faults)
    {
        foreach (var limit in All)
        {
            var value = limit.GetValue(faults);
            if (!limit.Includes(value))
            {
                return new FaultProblem(limit.Property, limit.Expected, value);
            }
        }

        return Enum.IsDefined(faults.ConcurrencyHeaderCounts)
            ? null
            : new FaultProblem(
                nameof(EmulatorFaults.ConcurrencyHeaderCounts),
                FaultChoice.GetExpected(typeof(ConcurrencyHeaderCount)),
                faults.ConcurrencyHeaderCounts
            );
    }

    /// <summary>Describes the type and the range of a setting.</summary>
    /// <param name="jsonName">The name of the setting in JSON.</param>
    public static string Describe(string jsonName)
    {
        var property = typeof(EmulatorFaults)
            .GetProperties()
            .Single(property => GetJsonName(property.Name) == jsonName);
        var limit = All.FirstOrDefault(limit => limit.Property == property.Name);
        var nullable = Nullable.GetUnderlyingType(property.PropertyType);
        var type = (nullable ?? property.PropertyType) switch
        {
            var other when other == typeof(bool) => "true or false",
            var other when other == typeof(string) => "a text or null",
            var other when other == typeof(double) => "a number",
            { IsEnum: true } other => FaultChoice.GetExpected(other),
            _ => "a whole number",
        };
        return $"{(nullable is null ? "" : "null or ")}{type}{(limit is null ? "" : $" {limit.Expected}")}";
    }

    /// <summary>The valid values of the setting of a command-line option, such as <c>from 0 to 1</c>.</summary>
    public static string GetExpected(string option) =>
        All.Single(limit => $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(limit.Property)}" == option).Expected;

    public static string GetJsonName(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    private static FaultLimit CreateForAmount(string property, Func<EmulatorFaults, double> getValue) =>
        new(property, 0, int.MaxValue, getValue);

    private static FaultLimit CreateForRate(string property, Func<EmulatorFaults, double> getValue) =>
        new(property, 0, 1, getValue);

    /// <summary>NaN is in no range.</summary>
    private bool Includes(double value) => (value >= Minimum && value <= Maximum) || (AllowsZero && value == 0);
}

/// <summary>A fault setting that is not valid.</summary>
/// <param name="Property">The property of <see cref="EmulatorFaults"/>.</param>
/// <param name="Expected">The valid values, such as <c>from 0 to 1</c>.</param>
internal sealed record FaultProblem(string Property, string Expected, object Value)
{
    /// <summary>Returns an error message with the setting's name in JSON.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{FaultLimit.GetJsonName(Property)} must be {Expected}. The value is {Value}."
        );
}
