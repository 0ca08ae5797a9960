using System.Globalization;
using System.Text.Json;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Settings;

/// <summary>
/// The definition of one setting. The MSBuild property, the command-line option, the key of the config
/// file, their validation and their documentation are derived from it, or a test compares them with it.
/// </summary>
/// <param name="name">In Pascal case, such as <c>ServiceSid</c>.</param>
/// <param name="commands">The commands that accept it.</param>
/// <param name="help">One phrase in lower case, without a full stop.</param>
internal abstract class Setting(string name, SettingCommands commands, string help)
{
    private readonly string? _option;
    private readonly bool? _isConfigKey;
    private readonly string? _propertyDefault;
    private readonly string? _property = $"ServerlessAssets{name}";

    public string Name { get; } = name;

    public string Help { get; } = help;

    /// <summary>Whether MSBuild takes it as metadata of items, by its <see cref="Name"/>.</summary>
    public bool IsMetadata { get; init; }

    /// <summary>The MSBuild property, such as <c>ServerlessAssetsServiceSid</c>; null: there is none.</summary>
    public string? Property
    {
        get => IsMetadata ? null : _property;
        init => _property = value;
    }

    /// <summary>
    /// The default of the property, as an MSBuild expression. It differs from <see cref="DefaultText"/> only where the
    /// default depends on other properties of the build.
    /// </summary>
    public string PropertyDefault
    {
        get => _propertyDefault ?? DefaultText;
        init => _propertyDefault = value;
    }

    /// <summary>The option, such as <c>--service-sid</c>. It exists if <see cref="Commands"/> is not empty.</summary>
    public string Option
    {
        get => _option ?? "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(Name);
        init => _option = value;
    }

    /// <summary>Other spellings of the option.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The commands that accept the option.</summary>
    public SettingCommands Commands { get; } = commands;

    /// <summary>
    /// Whether the config file has a key for it: true for every option that makes sense in more than one call.
    /// </summary>
    public bool IsConfigKey
    {
        get => _isConfigKey ?? Commands != SettingCommands.None;
        init => _isConfigKey = value;
    }

    /// <summary>The key in the config file: the option in camel case, such as <c>serviceSid</c>.</summary>
    public string ConfigKey =>
        JsonNamingPolicy.CamelCase.ConvertName(string.Concat(Option.TrimStart('-').Split('-').Select(Capitalize)));

    /// <summary>
    /// The words that are valid values, for completion and config files; empty: the value is not one of a few words.
    /// </summary>
    public virtual IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What a valid value looks like, to be shown after the word "expected": <c>true or false</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>The default, as a user would write it; empty: there is none.</summary>
    public abstract string DefaultText { get; }

    /// <summary>
    /// Whether a string is a valid value. The empty string means that the setting is unset, and is always valid.
    /// </summary>
    public abstract bool IsValid(string text);

    public override string ToString() => Name;

    /// <summary>Joins the <see cref="Words"/>: <c>public, protected or private</c>.</summary>
    protected string JoinWords() => string.Join(", ", Words.SkipLast(1)) + " or " + Words[^1];

    private static string Capitalize(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

/// <inheritdoc cref="Setting"/>
/// <typeparam name="T">Type of a valid value.</typeparam>
internal abstract class Setting<T>(string name, SettingCommands commands, string help, T defaultValue)
    : Setting(name, commands, help)
{
    public T Default { get; } = defaultValue;

    public override bool IsValid(string text) => text.Length == 0 || TryParse(text, out _);

    /// <param name="text">Not empty.</param>
    public abstract bool TryParse(string text, out T value);
}

/// <summary>A setting that takes any text. The code that uses it checks the form.</summary>
internal class TextSetting(string name, SettingCommands commands, string help, string defaultValue = "")
    : Setting<string>(name, commands, help, defaultValue)
{
    public override string Expected => Words is [] ? "a string" : JoinWords();

    public override string DefaultText => Default;

    public override bool TryParse(string text, out string value)
    {
        value = text;
        return true;
    }
}

/// <summary>
/// A path of a file or folder. In a project file and on the command line it is relative to the project, in a config
/// file to the folder of that file.
/// </summary>
internal sealed class PathSetting(string name, SettingCommands commands, string help, string defaultValue = "")
    : TextSetting(name, commands, help, defaultValue)
{
    public override string Expected => "a path without line breaks and other control characters";

    /// <summary>
    /// Rejects control characters, such as the line break after the output of a command: unlike spaces, nobody wants
    /// them in the name of a file.
    /// </summary>
    public override bool TryParse(string text, out string value)
    {
        value = text;
        return !LogSanitizer.HasControlCharacter(text);
    }
}

/// <summary>A setting that is either on or off.</summary>
internal sealed class SwitchSetting(string name, SettingCommands commands, string help, bool defaultValue = false)
    : Setting<bool>(name, commands, help, defaultValue)
{
    public override string Expected => "true or false";

    public override string DefaultText => Default ? "true" : "false";

    public override bool TryParse(string text, out bool value) => bool.TryParse(text, out value);
}

/// <summary>A whole number in a range. Both ends belong to the range.</summary>
internal sealed class NumberSetting(
    string name,
    SettingCommands commands,
    string help,
    int defaultValue,
    int min,
    int max = int.MaxValue
) : Setting<int>(name, commands, help, defaultValue)
{
    public int Min { get; } = min;

    public int Max { get; } = max;

    /// <summary>Whether the default is a number that a user would write. If not, it is the same as no limit.</summary>
    public bool HasDefaultText { get; init; } = true;

    public override string Expected =>
        Max == int.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {Min}")
            : string.Create(CultureInfo.InvariantCulture, $"a whole number from {Min} to {Max}");

    public override string DefaultText => HasDefaultText ? Default.ToString(CultureInfo.InvariantCulture) : "";

    public override bool TryParse(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && value >= Min
        && value <= Max;
}

/// <summary>An age of at most ten years, in days (<c>14</c> or <c>14d</c>) or in hours (<c>36h</c>).</summary>
internal sealed class AgeSetting(string name, SettingCommands commands, string help, int defaultDays)
    : Setting<TimeSpan>(name, commands, help, TimeSpan.FromDays(defaultDays))
{
    private const int HoursOfDay = 24;

    /// <summary>The longest age, in days.</summary>
    public const int Max = 3650;

    public override string Expected =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"a number of days or hours, such as 14d or 36h, of at most {Max} days"
        );

    public override string DefaultText { get; } = string.Create(CultureInfo.InvariantCulture, $"{defaultDays}d");

    public override bool TryParse(string text, out TimeSpan value)
    {
        var (digits, hours) = text[^1] switch
        {
            'd' or 'D' => (text[..^1], HoursOfDay),
            'h' or 'H' => (text[..^1], 1),
            _ => (text, HoursOfDay),
        };
        value = default;
        if (
            !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || number > Max * HoursOfDay / hours
        )
        {
            return false;
        }

        value = TimeSpan.FromHours(number * hours);
        return true;
    }
}

/// <summary>One of a few words. The letter case of a value does not matter.</summary>
/// <typeparam name="T">Its members are the words, in the order of the documentation.</typeparam>
internal sealed class ChoiceSetting<T>(string name, SettingCommands commands, string help, T defaultValue)
    : Setting<T>(name, commands, help, defaultValue)
    where T : struct, Enum
{
    public override IReadOnlyList<string> Words { get; init; } = Enum.GetNames<T>();

    public override string Expected => JoinWords();

    public override string DefaultText => Default.ToString();

    /// <summary>Accepts the names only: <see cref="Enum.TryParse{T}(string, out T)"/> accepts numbers too.</summary>
    public override bool TryParse(string text, out T value)
    {
        value = default;
        return Words.Contains(text, StringComparer.OrdinalIgnoreCase)
            && Enum.TryParse(text, ignoreCase: true, out value);
    }
}

/// <summary>An Asset, by its SID or its path.</summary>
internal sealed class AssetSetting(string name, SettingCommands commands, string help)
    : Setting<AssetReference?>(name, commands, help, defaultValue: null)
{
    public override string Expected => AssetReference.Expected;

    public override string DefaultText => "";

    public override bool TryParse(string text, out AssetReference? value) => AssetReference.TryParse(text, out value);
}

/// <summary>A list, separated by semicolons in MSBuild and on the command line.</summary>
internal sealed class ListSetting(string name, SettingCommands commands, string help, string defaultValue = "")
    : Setting<IReadOnlyList<string>>(name, commands, help, Split(defaultValue))
{
    private static readonly char[] Separators = [';', '\n', '\r'];

    public override string Expected => "a list of strings";

    public override string DefaultText { get; } = defaultValue;

    public override bool TryParse(string text, out IReadOnlyList<string> value)
    {
        value = Split(text);
        return true;
    }

    /// <summary>Whether a list would be read as more entries if this text were one of them.</summary>
    public static bool HasSeparator(string entry) => entry.AsSpan().ContainsAny(Separators);

    /// <summary>
    /// Splits as MSBuild does: trims the entries and drops empty ones. A list can also have an entry on each line.
    /// </summary>
    public static IReadOnlyList<string> Split(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>The commands of the command line that accept settings, by name.</summary>
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
    List = 1 << 7,
    Prune = 1 << 8,
    Remove = 1 << 9,
    Merge = 1 << 10,

    /// <summary><c>versions create</c></summary>
    VersionsCreate = 1 << 11,

    /// <summary><c>versions get</c></summary>
    VersionsGet = 1 << 12,

    /// <summary><c>versions list</c></summary>
    VersionsList = 1 << 13,

    /// <summary>The commands that find local files.</summary>
    Collecting = Plan | Upload,

    /// <summary>The commands that map local files to paths, including one that the user names.</summary>
    Mapping = Collecting | VersionsCreate,

    /// <summary>The commands on the Asset Versions of one Asset.</summary>
    Versions = VersionsCreate | VersionsGet | VersionsList,

    /// <summary>The commands that connect to the service.</summary>
    Connected = Plan | Upload | Build | Deploy | Verify | Rollback | Promote | List | Prune | Remove | Versions,

    All = Connected | Merge,
}

/// <summary>The target after which a hook runs.</summary>
internal enum BuildHook
{
    Publish,
    Build,
    None,
}
