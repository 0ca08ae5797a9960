using System.Globalization;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Diagnostics;

/// <summary>
/// The terms that a front uses in messages: MSBuild has properties, metadata and targets; the command line has options
/// and commands.
/// </summary>
internal abstract class FrontTerms
{
    private protected FrontTerms() { }

    public static FrontTerms MSBuild { get; } = new MSBuildTerms();

    public static FrontTerms CommandLine { get; } = new CommandLineTerms();

    internal abstract string GetName(Setting setting);

    internal abstract string GetName(CommandReference command);

    /// <summary>Formats a setting with a value, as the user writes it.</summary>
    internal abstract string GetAssignment(Setting setting, string value);

    internal abstract SanitizedText Choose(FrontPhrase phrase);

    private sealed class MSBuildTerms : FrontTerms
    {
        internal override string GetName(Setting setting) => setting.Property ?? setting.Name;

        internal override string GetName(CommandReference command) => $"{command.Name}ServerlessAssets";

        internal override string GetAssignment(Setting setting, string value) => $"{GetName(setting)}={value}";

        internal override SanitizedText Choose(FrontPhrase phrase) => phrase.MSBuild;
    }

    private sealed class CommandLineTerms : FrontTerms
    {
        /// <summary>Falls back to MSBuild's name if no command accepts the setting.</summary>
        internal override string GetName(Setting setting) =>
            setting.Commands == SettingCommands.None ? MSBuild.GetName(setting) : setting.Option;

        internal override string GetName(CommandReference command) =>
            $"serverless-assets {command.Name.ToLowerInvariant()}";

        /// <summary>A switch that is on has no value.</summary>
        internal override string GetAssignment(Setting setting, string value) =>
            setting.Commands == SettingCommands.None ? MSBuild.GetAssignment(setting, value)
            : setting is SwitchSetting && value == "true" ? setting.Option
            : $"{setting.Option} {value}";

        internal override SanitizedText Choose(FrontPhrase phrase) => phrase.CommandLine;
    }
}

/// <summary>A part of a message that each front renders in its own terms.</summary>
internal abstract record Reference
{
    public abstract string Render(FrontTerms terms);
}

/// <summary>The name of a setting: <c>ServerlessAssetsServiceSid</c> or <c>--service-sid</c>.</summary>
internal sealed record SettingReference(Setting Setting) : Reference
{
    public override string Render(FrontTerms terms) => terms.GetName(Setting);
}

/// <summary>A setting with a value: <c>ServerlessAssetsVerify=true</c> or <c>--verify</c>.</summary>
internal sealed record SettingAssignment(Setting Setting, string Value) : Reference
{
    public override string Render(FrontTerms terms) => terms.GetAssignment(Setting, LogSanitizer.Escape(Value));
}

/// <summary>A target or a command: <c>VerifyServerlessAssets</c> or <c>serverless-assets verify</c>.</summary>
internal sealed record CommandReference : Reference
{
    public static readonly CommandReference Upload = new(nameof(Upload));
    public static readonly CommandReference Deploy = new(nameof(Deploy));
    public static readonly CommandReference Verify = new(nameof(Verify));

    private CommandReference(string name) => Name = name;

    public string Name { get; }

    public override string Render(FrontTerms terms) => terms.GetName(this);
}

/// <summary>A phrase that differs between the fronts, such as one about items in a project file.</summary>
internal sealed record FrontPhrase(SanitizedText MSBuild, SanitizedText CommandLine) : Reference
{
    public override string Render(FrontTerms terms) => terms.Choose(this).Render(terms);
}

internal static class SettingReferences
{
    public static SettingAssignment SetTo(this SwitchSetting setting, bool value) =>
        new(setting, value ? "true" : "false");

    public static SettingAssignment SetTo<T>(this ChoiceSetting<T> setting, T value)
        where T : struct, Enum => new(setting, value.ToString());

    public static SettingAssignment SetTo(this NumberSetting setting, int value) =>
        new(setting, value.ToString(CultureInfo.InvariantCulture));

    public static SettingAssignment SetTo(this TextSetting setting, string value) => new(setting, value);
}
