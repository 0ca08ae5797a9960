using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Pages;

/// <summary>One field of a form.</summary>
/// <param name="Name">The name of the setting in JSON, also of the field.</param>
/// <param name="Label">The description of the setting.</param>
/// <param name="Value">The text of the field; for a switch, empty if it is off.</param>
internal sealed record FormEntry(string Name, string Label, SettingField Field, string Value);

/// <summary>Shows the settings of the record <typeparamref name="T"/> as a form, and reads it when it is sent.</summary>
internal sealed class SettingsForm<T>(IReadOnlyList<Setting<T>> table, SettingsReader<T> reader, JsonTypeInfo<T> type)
    where T : new()
{
    public IReadOnlyList<FormEntry> Show(T settings)
    {
        var values = JsonSerializer.SerializeToNode(settings, type)!.AsObject();
        return [.. table.Select(setting => CreateEntry(setting, Format(values[setting.JsonName])))];
    }

    /// <summary>Shows what was sent, also where it is not valid.</summary>
    public IReadOnlyList<FormEntry> Show(IFormCollection form) =>
        [.. table.Select(setting => CreateEntry(setting, form[setting.JsonName].ToString()))];

    /// <exception cref="SettingsException">A value is not valid.</exception>
    public T Read(IFormCollection form)
    {
        var json = new JsonObject();
        foreach (var setting in table)
        {
            if (Parse(setting, form[setting.JsonName].ToString()) is { } value)
            {
                json[setting.JsonName] = value;
            }
        }

        return reader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()), new T());
    }

    private static FormEntry CreateEntry(Setting<T> setting, string value) =>
        new(setting.JsonName, setting.Description, setting.Field, value);

    private static string Format(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null or JsonValueKind.False => "",
            JsonValueKind.String => value.GetValue<string>(),
            _ => value.ToJsonString(),
        };

    /// <summary>Text that is not a number is kept in a field for one, so that the error names it.</summary>
    /// <returns>Null if the field is empty: the setting gets its default.</returns>
    private static JsonNode? Parse(Setting<T> setting, string text) =>
        setting.Field switch
        {
            SettingField.Switch => text.Length > 0,
            _ when text.Length == 0 => null,
            SettingField.Number { IsWhole: true } => long.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out var whole
            )
                ? whole
                : text,
            SettingField.Number => double.TryParse(
                text,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out var number
            ) && double.IsFinite(number)
                ? number
                : text,
            _ => text,
        };
}
