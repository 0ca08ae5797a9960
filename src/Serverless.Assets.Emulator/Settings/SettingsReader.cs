using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Serverless.Assets.Emulator.Settings;

/// <summary>
/// Reads settings from JSON. An error names the setting, its value and the valid values, and no setting changes.
/// </summary>
/// <param name="kind">What the settings are called, such as <c>fault setting</c>.</param>
internal sealed class SettingsReader<T>(string kind, IReadOnlyList<Setting<T>> table, JsonTypeInfo<T> type)
    where T : new()
{
    private const int MaxShownLength = 100;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="InvalidDataException">The settings are not valid.</exception>
    public async Task<T> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, Strict, cancellationToken);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The {kind}s are not valid JSON: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            // A name or text is not valid Unicode, which is found only when it is read.
            throw new InvalidDataException($"The {kind}s are not valid JSON: {exception.Message}");
        }
    }

    /// <exception cref="InvalidDataException">The settings are not valid.</exception>
    public T Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"The {kind}s must be a JSON object. The value is {Format(json)}.");
        }

        var names = table.Select(setting => setting.JsonName).ToList();
        foreach (var property in json.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw new InvalidDataException(
                    $"'{Shorten(property.Name)}' is not a {kind}. The settings are {string.Join(", ", names)}."
                );
            }
        }

        var settings = Deserialize(json);
        return table.FindProblem(settings) is { } problem
            ? throw new InvalidDataException(problem.ToString())
            : settings;
    }

    private T Deserialize(JsonElement json)
    {
        try
        {
            return JsonSerializer.Deserialize(AddDefaults(json), type)!;
        }
        catch (JsonException exception)
            when (exception.Path is ['$', '.', .. var name] && json.TryGetProperty(name, out var value))
        {
            var expected = table.Single(setting => setting.JsonName == name).ExpectedJson;
            throw new InvalidDataException($"{name} must be {expected}. The value is {Format(value)}.");
        }
    }

    /// <summary>The generated code would not apply the initializers of properties that the JSON omits.</summary>
    private byte[] AddDefaults(JsonElement json)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in JsonSerializer.SerializeToNode(new T(), type)!.AsObject())
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(
                    json.TryGetProperty(name, out var given) ? given.GetRawText() : value?.ToJsonString() ?? "null"
                );
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static string Format(JsonElement json) => Shorten(json.GetRawText());

    private static string Shorten(string text) => text.Length <= MaxShownLength ? text : $"{text[..MaxShownLength]}…";
}
