using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>A Variable of an Environment.</summary>
public sealed record VariableResource
{
    /// <summary>34 characters: <c>^ZV[0-9a-fA-F]{32}$</c>.</summary>
    [JsonConverter(typeof(VariableSidConverter))]
    public required Sid Sid { get; init; }

    /// <summary>34 characters: <c>^AC[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(AccountSidConverter))]
    public Sid? AccountSid { get; init; }

    /// <summary>34 characters: <c>^ZS[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(ServiceSidConverter))]
    public Sid? ServiceSid { get; init; }

    /// <summary>34 characters: <c>^ZE[0-9a-fA-F]{32}$</c>; null if the service omitted it.</summary>
    [JsonConverter(typeof(EnvironmentSidConverter))]
    public Sid? EnvironmentSid { get; init; }

    /// <summary>At most 128 characters.</summary>
    public required string Key { get; init; }

    /// <summary>At most 450 bytes in UTF-8. It can be a secret, so <see cref="ToString"/> leaves it out.</summary>
    [JsonConverter(typeof(UnredactedTextConverter))]
    public required string Value { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateCreated { get; init; }

    /// <summary>In UTC, to the second.</summary>
    public DateTimeOffset DateUpdated { get; init; }

    /// <summary>The absolute URL of the resource in the REST API; null if the service omitted it.</summary>
    public Uri? Url { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"Sid = {Sid}, EnvironmentSid = {EnvironmentSid}, Key = {Key}, DateCreated = {DateCreated:O}"
        );
        return true;
    }
}

/// <summary>Reads a text unchanged. The value of a Variable can be the secret of the credentials in use.</summary>
internal sealed class UnredactedTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString()!;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
