using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace Serverless.Assets.Emulator.Settings;

/// <summary>
/// A setting of the record <typeparamref name="T"/>: its name in JSON, its command-line option, and its valid values.
/// </summary>
/// <param name="Property">The property of the record.</param>
/// <param name="Description">The help text of the option.</param>
internal abstract record Setting<T>(string Property, string Description)
{
    private readonly string? _optionName;

    public string JsonName => GetJsonName(Property);

    /// <summary>Such as <c>--latency-ms</c>.</summary>
    public string OptionName
    {
        get => _optionName ?? $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(Property)}";
        init => _optionName = value;
    }

    /// <summary>The type and the valid values in JSON, such as <c>a number from 0 to 1</c>.</summary>
    public abstract string ExpectedJson { get; }

    public abstract SettingField Field { get; }

    public static string GetJsonName(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    /// <returns>Null if the value of this setting is valid.</returns>
    public abstract SettingProblem? FindProblem(T settings);

    public abstract SettingOption<T> CreateOption();

    protected static SettingOption<T> CreateOption<TValue>(Option<TValue> option, Func<T, TValue, T> set) =>
        new(
            option,
            (parsed, settings) =>
                parsed.GetResult(option) is { Implicit: false } ? set(settings, parsed.GetValue(option)!) : settings
        );

    protected string CreateError(string value, string expected) => $"{OptionName} '{value}' is not valid: {expected}.";
}

/// <summary>The command-line option of one setting.</summary>
/// <param name="Apply">Returns the settings with the option's value, or unchanged if the option is absent.</param>
internal sealed record SettingOption<T>(Option Option, Func<ParseResult, T, T> Apply);

/// <summary>A setting whose value is not valid.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Expected">The valid values, such as <c>from 0 to 1</c>.</param>
internal sealed record SettingProblem(string Name, string Expected, object? Value)
{
    /// <summary>Returns an error message.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} must be {Expected}. The value is {Value ?? "null"}.");
}

internal static class SettingTable
{
    /// <returns>The first problem of the settings; null if all are valid.</returns>
    public static SettingProblem? FindProblem<T>(this IEnumerable<Setting<T>> table, T settings) =>
        table.Select(setting => setting.FindProblem(settings)).FirstOrDefault(problem => problem is not null);
}
