using System.CommandLine;

namespace Serverless.Assets.Emulator.Settings;

/// <summary>A text.</summary>
/// <param name="HelpName">The placeholder for the value in the help.</param>
internal sealed record TextSetting<T>(
    string Property,
    string HelpName,
    string Description,
    Func<T, string?> Get,
    Func<T, string, T> Set
) : Setting<T>(Property, Description)
{
    /// <summary>The valid values, such as <c>a list of runtimes</c>.</summary>
    public string Expected { get; init; } = "a text";

    public Predicate<string?> IsValid { get; init; } = _ => true;

    public override string ExpectedJson => Expected;

    public override SettingField Field => new SettingField.Text();

    public override SettingProblem? FindProblem(T settings) =>
        IsValid(Get(settings)) ? null : new SettingProblem(JsonName, Expected, Get(settings));

    public override SettingOption<T> CreateOption()
    {
        var option = new Option<string>(OptionName) { HelpName = HelpName, Description = Description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !IsValid(text))
            {
                result.AddError(CreateError(text, $"it must be {Expected}"));
            }
        });
        return CreateOption(option, Set);
    }
}
