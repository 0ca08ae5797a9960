using System.Text.Json;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Control;

/// <summary>
/// Reads fault settings from JSON. An error names the setting, its value and the valid values, and no setting changes.
/// </summary>
internal static class FaultSettingsReader
{
    private const int MaxShownLength = 100;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="ApiException">The settings are not valid.</exception>
    public static async Task<EmulatorFaults> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, Strict, cancellationToken);
            return Read(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw ApiException.Invalid($"The fault settings are not valid JSON: {exception.Message}");
        }
        catch (InvalidOperationException exception)
        {
            // A name or text is not valid Unicode, which is found only when it is read.
            throw ApiException.Invalid($"The fault settings are not valid JSON: {exception.Message}");
        }
    }

    private static EmulatorFaults Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.Invalid($"The fault settings must be a JSON object. The value is {Format(json)}.");
        }

        var names = ControlJson.Default.EmulatorFaults.Properties.Select(property => property.Name).ToList();
        foreach (var property in json.EnumerateObject())
        {
            if (!names.Contains(property.Name))
            {
                throw ApiException.Invalid(
                    $"'{Shorten(property.Name)}' is not a fault setting. The settings are {string.Join(", ", names)}."
                );
            }
        }

        var settings = Deserialize(json);
        return settings.FindProblem() is { } problem ? throw ApiException.Invalid(problem.ToString()) : settings;
    }

    private static EmulatorFaults Deserialize(JsonElement json)
    {
        try
        {
            return json.Deserialize(ControlJson.Default.EmulatorFaults)!;
        }
        catch (JsonException exception)
            when (exception.Path is ['$', '.', .. var name] && json.TryGetProperty(name, out var value))
        {
            throw ApiException.Invalid($"{name} must be {FaultLimit.Describe(name)}. The value is {Format(value)}.");
        }
    }

    private static string Format(JsonElement json) => Shorten(json.GetRawText());

    private static string Shorten(string text) => text.Length <= MaxShownLength ? text : $"{text[..MaxShownLength]}…";
}
