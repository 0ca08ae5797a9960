using System.CommandLine;

namespace Serverless.Assets.Emulator.Settings;

/// <summary>A setting that is true or false.</summary>
internal abstract record FlagSetting<T>(string Property, string Description) : Setting<T>(Property, Description)
{
    public sealed override string ExpectedJson => "true or false";

    public sealed override SettingField Field => new SettingField.Switch();

    public sealed override SettingProblem? FindProblem(T settings) => null;
}

/// <summary>A setting that is off by default. Its option has no value.</summary>
internal sealed record SwitchSetting<T>(string Property, string Description, Func<T, T> Set)
    : FlagSetting<T>(Property, Description)
{
    public override SettingOption<T> CreateOption() =>
        CreateOption(
            new Option<bool>(OptionName) { Description = Description, Arity = ArgumentArity.Zero },
            (settings, _) => Set(settings)
        );
}

/// <summary>A setting with any default. The value of its option is <c>true</c> or <c>false</c>.</summary>
internal sealed record ToggleSetting<T>(string Property, string Description, Func<T, bool, T> Set)
    : FlagSetting<T>(Property, Description)
{
    public override SettingOption<T> CreateOption()
    {
        // The parser of the library does not pass invalid values of a Boolean option to the option.
        var option = new Option<string>(OptionName) { HelpName = "true|false", Description = Description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !bool.TryParse(text, out _))
            {
                result.AddError(CreateError(text, $"it must be {ExpectedJson}"));
            }
        });
        option.CompletionSources.Add("true", "false");
        return CreateOption(option, (settings, text) => Set(settings, bool.Parse(text)));
    }
}
