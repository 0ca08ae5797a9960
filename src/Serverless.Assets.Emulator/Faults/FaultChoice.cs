using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>The values of an enum fault setting, which have the same names in JSON and on the command line.</summary>
internal static class FaultChoice
{
    /// <summary>Such as <c>atArrival</c>, in the order of the enum.</summary>
    public static IReadOnlyList<string> GetNames(Type type) => [.. Enum.GetNames(type).Select(FaultLimit.GetJsonName)];

    /// <summary>The valid values, such as <c>one of atArrival, atResponse</c>.</summary>
    public static string GetExpected(Type type) => $"one of {string.Join(", ", GetNames(type))}";

    /// <returns>Null if no value has this name. A number is not a name.</returns>
    public static T? Find<T>(string? name, StringComparison comparison)
        where T : struct, Enum =>
        Enum.GetValues<T>().Cast<T?>().FirstOrDefault(value => GetName(value!.Value).Equals(name, comparison));

    public static string GetName<T>(T value)
        where T : struct, Enum => FaultLimit.GetJsonName(value.ToString());
}

/// <summary>Reads the exact name of a value, unlike the converter of .NET, which also accepts other spellings.</summary>
internal sealed class FaultChoiceConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <exception cref="JsonException">The JSON is not the name of a value.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && FaultChoice.Find<T>(reader.GetString(), StringComparison.Ordinal) is { } value
            ? value
            : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(FaultChoice.GetName(value));
}
