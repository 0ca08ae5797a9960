using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Serverless.Assets.Emulator.Settings;

/// <summary>A number in a range.</summary>
/// <typeparam name="T">The record of the settings.</typeparam>
/// <typeparam name="TValue">A whole number or a <see cref="double"/>.</typeparam>
/// <param name="Get">Null: the setting is not set.</param>
internal sealed record NumberSetting<T, TValue>(
    string Property,
    string Description,
    Func<T, TValue?> Get,
    Func<T, TValue, T> Set
) : Setting<T>(Property, Description)
    where TValue : struct, INumber<TValue>
{
    /// <summary>The placeholder for the value in the help.</summary>
    public string HelpName { get; init; } = "N";

    public double Minimum { get; init; }

    public double Maximum { get; init; } = int.MaxValue;

    /// <summary>Whether 0 is valid although it is out of range.</summary>
    public bool AllowsZero { get; init; }

    /// <summary>The valid values, such as <c>from 0 to 1</c>.</summary>
    public string Expected =>
        string.Create(CultureInfo.InvariantCulture, $"{(AllowsZero ? "0 or " : "")}from {Minimum:0} to {Maximum:0}");

    public override string ExpectedJson => $"{TypeName} {Expected}";

    /// <summary>The minimum leaves room for 0 where it is valid although it is out of range.</summary>
    public override SettingField Field =>
        new SettingField.Number(AllowsZero ? Math.Min(0, Minimum) : Minimum, Maximum, IsWhole: !IsFraction);

    private static bool IsFraction => typeof(TValue) == typeof(double);

    private static string TypeName => IsFraction ? "a number" : "a whole number";

    private static NumberStyles Style => IsFraction ? NumberStyles.Float : NumberStyles.AllowLeadingSign;

    public override SettingProblem? FindProblem(T settings) =>
        Get(settings) is { } value && !Includes(double.CreateChecked(value))
            ? new SettingProblem(JsonName, Expected, value)
            : null;

    public override SettingOption<T> CreateOption() =>
        CreateOption(
            new Option<TValue>(OptionName)
            {
                HelpName = HelpName,
                Description = Description,
                CustomParser = Parse,
            },
            Set
        );

    /// <summary>NaN is in no range.</summary>
    private bool Includes(double value) => (value >= Minimum && value <= Maximum) || (AllowsZero && value == 0);

    private TValue Parse(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (!TValue.TryParse(text, Style, CultureInfo.InvariantCulture, out var value))
        {
            var isTooLarge = BigInteger.TryParse(text, Style, CultureInfo.InvariantCulture, out _);
            result.AddError(CreateError(text, isTooLarge ? $"it must be {Expected}" : $"expected {TypeName}"));
        }
        else if (!Includes(double.CreateChecked(value)))
        {
            result.AddError(CreateError(text, $"it must be {Expected}"));
        }

        return value;
    }
}
