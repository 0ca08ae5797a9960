using System.CommandLine;

namespace Serverless.Assets.Cli.Options;

/// <summary>The values of the options: what the command line gives, else the config file, else the default.</summary>
internal sealed class OptionValues(ParseResult parsed, ConfigFile config)
{
    public ConfigFile Config => config;

    /// <summary>Options of the command that was called.</summary>
    public IEnumerable<Option> Options => parsed.CommandResult.Command.Options;

    public T? GetValue<T>(Argument<T> argument) => parsed.GetValue(argument);

    public T? GetValue<T>(Option<T> option) =>
        !IsGiven(option) && config.Values.TryGetValue(KeyOf(option), out var value)
            ? (T)value
            : parsed.GetValue(option);

    /// <returns>Null: the command has no such option.</returns>
    public Option<T>? Find<T>(string name) =>
        parsed.CommandResult.Command.Options.OfType<Option<T>>().FirstOrDefault(option => option.Name == name);

    /// <summary>Whether the command line gives it. An empty text is what an unset variable of a script leaves: it gives nothing.</summary>
    public bool IsGiven(Option option) =>
        parsed.GetResult(option) is { Implicit: false } result && result.Tokens is not [{ Value: "" }];

    /// <summary>Such as <c>serviceName</c> of <c>--service-name</c>.</summary>
    public static string KeyOf(Option option)
    {
        var words = option.Name.TrimStart('-').Split('-');
        return words[0] + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
    }
}
