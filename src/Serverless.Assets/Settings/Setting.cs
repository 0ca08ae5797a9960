using System.Globalization;
using System.Text.Json;

namespace Serverless.Assets.Settings;

/// <summary>
/// Everything there is to know about one setting. MSBuild properties, options of the command line, keys of the config
/// file, their validation and their documentation all derive from it, or are compared with it by a test.
/// </summary>
/// <param name="name">In Pascal case, such as <c>ServiceSid</c>.</param>
/// <param name="help">One phrase that starts in lower case and has no full stop.</param>
internal abstract class Setting(string name, string help)
{
    private readonly string? _option;
    private readonly bool? _isConfigKey;

    public string Name { get; } = name;

    public string Help { get; } = help;

    /// <summary>The MSBuild property, such as <c>ServerlessAssetsServiceSid</c>; null: MSBuild has it as item metadata, or not at all.</summary>
    public string? Property { get; init; } = $"ServerlessAssets{name}";

    /// <summary>The option, such as <c>--service-sid</c>. It exists when <see cref="Commands"/> is not empty.</summary>
    public string Option
    {
        get => _option ?? "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(Name);
        init => _option = value;
    }

    /// <summary>Other spellings of the option.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The commands of the command line that accept the option.</summary>
    public SettingCommands Commands { get; init; }

    /// <summary>Whether the config file has a key for it: every option does, unless it concerns a single call.</summary>
    public bool IsConfigKey
    {
        get => _isConfigKey ?? Commands != SettingCommands.None;
        init => _isConfigKey = value;
    }

    /// <summary>The key of the config file, such as <c>serviceSid</c>.</summary>
    public string ConfigKey =>
        JsonNamingPolicy.CamelCase.ConvertName(string.Concat(Option.TrimStart('-').Split('-').Select(Capitalize)));

    /// <summary>What a valid value looks like, after the word "expected": <c>true or false</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The default as a user would write it; empty: unset.</summary>
    public abstract string DefaultText { get; }

    /// <summary>Whether a text is a valid value. An empty text stands for an unset value and is always valid.</summary>
    public abstract bool IsValid(string text);

    private static string Capitalize(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

/// <inheritdoc cref="Setting"/>
/// <typeparam name="T">Type of a valid value.</typeparam>
internal abstract class Setting<T>(string name, string help, T defaultValue) : Setting(name, help)
{
    public T Default { get; } = defaultValue;

    public override bool IsValid(string text) => text.Length == 0 || TryParse(text, out _);

    /// <param name="text">Not empty.</param>
    public abstract bool TryParse(string text, out T value);
}

/// <summary>A setting that takes any text; code that uses it checks its form.</summary>
internal class TextSetting(string name, string help, string defaultValue = "")
    : Setting<string>(name, help, defaultValue)
{
    public override string Expected => "text";

    public override string DefaultText => Default;

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return true;
    }
}

/// <summary>A path: relative to the project on the command line and in MSBuild, to its own folder in a config file.</summary>
internal sealed class PathSetting(string name, string help, string defaultValue = "")
    : TextSetting(name, help, defaultValue)
{
    public override string Expected => "a path";
}

/// <summary>A setting that is on or off.</summary>
internal sealed class SwitchSetting(string name, string help, bool defaultValue = false)
    : Setting<bool>(name, help, defaultValue)
{
    public override string Expected => "true or false";

    public override string DefaultText => Default ? "true" : "false";

    public override bool TryParse(string text, out bool value) => bool.TryParse(text, out value);
}

/// <summary>A whole number within a range.</summary>
internal sealed class NumberSetting(string name, string help, int defaultValue, int least, int most = int.MaxValue)
    : Setting<int>(name, help, defaultValue)
{
    public int Least { get; } = least;

    public int Most { get; } = most;

    public override string Expected =>
        Most == int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {Least}")
            : string.Create(CultureInfo.InvariantCulture, $"a whole number from {Least} to {Most}");

    public override string DefaultText => Default.ToString(CultureInfo.InvariantCulture);

    public override bool TryParse(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= Least
        && value <= Most;
}

/// <summary>One of a few words, in any letter case.</summary>
/// <typeparam name="T">Its members are the words.</typeparam>
internal sealed class ChoiceSetting<T>(string name, string help, T defaultValue)
    : Setting<T>(name, help, defaultValue),
        IChoiceSetting
    where T : struct, Enum
{
    public IReadOnlyList<string> Words { get; } = Enum.GetNames<T>();

    public override string Expected => string.Join(", ", Words.SkipLast(1)) + " or " + Words[^1];

    public override string DefaultText => Default.ToString();

    /// <summary>Never by number, which <see cref="Enum.TryParse{T}(string, out T)"/> accepts too.</summary>
    public override bool TryParse(string text, out T value)
    {
        value = default;
        return Words.Contains(text, StringComparer.OrdinalIgnoreCase)
            && Enum.TryParse(text, ignoreCase: true, out value);
    }
}

/// <summary>What all <see cref="ChoiceSetting{T}"/> have in common.</summary>
internal interface IChoiceSetting
{
    IReadOnlyList<string> Words { get; }
}

/// <summary>A list of texts; MSBuild and the command line separate them with semicolons.</summary>
internal sealed class ListSetting(string name, string help, string defaultValue = "")
    : Setting<IReadOnlyList<string>>(name, help, Split(defaultValue))
{
    public override string Expected => "a list of texts";

    public override string DefaultText { get; } = defaultValue;

    public override bool TryParse(string text, out IReadOnlyList<string> value)
    {
        value = Split(text);
        return true;
    }

    /// <summary>Splits as MSBuild does: entries are trimmed and empty ones dropped.</summary>
    public static IReadOnlyList<string> Split(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Commands of the command line.</summary>
[Flags]
internal enum SettingCommands
{
    None = 0,
    Plan = 1 << 0,
    Upload = 1 << 1,
    Build = 1 << 2,
    Deploy = 1 << 3,
    Verify = 1 << 4,
    Rollback = 1 << 5,
    Promote = 1 << 6,
    Prune = 1 << 7,
    Remove = 1 << 8,
    List = 1 << 9,
    Merge = 1 << 10,

    /// <summary>The commands that read local files.</summary>
    Collecting = Plan | Upload,

    /// <summary>The commands that connect to the service.</summary>
    Connected = Plan | Upload | Build | Deploy | Verify | Rollback | Promote | Prune | Remove | List,

    All = Connected | Merge,
}
