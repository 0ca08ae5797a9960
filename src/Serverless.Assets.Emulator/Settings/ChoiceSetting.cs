using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Emulator.Settings;

/// <summary>A value of an enum.</summary>
internal sealed record ChoiceSetting<T, TValue>(
    string Property,
    string Description,
    Func<T, TValue> Get,
    Func<T, TValue, T> Set
) : Setting<T>(Property, Description)
    where TValue : struct, Enum
{
    public override string ExpectedJson => $"one of {string.Join(", ", EnumNames.GetAll(typeof(TValue)))}";

    public override SettingField Field => new SettingField.Choice(EnumNames.GetAll(typeof(TValue)));

    public override SettingProblem? FindProblem(T settings) =>
        Enum.IsDefined(Get(settings)) ? null : new SettingProblem(JsonName, ExpectedJson, Get(settings));

    public override SettingOption<T> CreateOption()
    {
        var names = EnumNames.GetAll(typeof(TValue));
        var option = new Option<TValue>(OptionName)
        {
            HelpName = "VALUE",
            Description = $"{Description}: {string.Join(", ", names)}",
            CustomParser = Parse,
        };
        option.CompletionSources.Clear(); // the names of the enum's members in .NET
        option.CompletionSources.Add([.. names]);
        return CreateOption(option, Set);
    }

    private TValue Parse(ArgumentResult result)
    {
        var text = result.Tokens is [var token] ? token.Value : "";
        if (EnumNames.Find<TValue>(text, StringComparison.OrdinalIgnoreCase) is { } value)
        {
            return value;
        }

        result.AddError(CreateError(text, $"it must be {ExpectedJson}"));
        return default;
    }
}

/// <summary>The names of an enum's values, which are the same in JSON and on the command line.</summary>
internal static class EnumNames
{
    /// <summary>Such as <c>atArrival</c>, in the order of the enum.</summary>
    public static IReadOnlyList<string> GetAll(Type type) =>
        [.. Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <returns>Null if no value has this name. A number is not a name.</returns>
    public static T? Find<T>(string? name, StringComparison comparison)
        where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => GetName(value!.Value).Equals(name, comparison));

    public static string GetName<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>Reads the exact name of a value, unlike the converter of .NET, which also accepts other spellings.</summary>
internal sealed class EnumNameConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <exception cref="JsonException">The JSON is not the name of a value.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && EnumNames.Find<T>(reader.GetString(), StringComparison.Ordinal) is { } value
            ? value
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(EnumNames.GetName(value));
}
