using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// Compares JSON and the text of parameters with schemas. A response is more than valid: it has all properties of its
/// schema, because the service sends them all, and no others.
/// </summary>
/// <param name="named">The schemas that others refer to.</param>
internal sealed class OpenApiSchemas(JsonElement named)
{
    private const string ReferencePrefix = "#/components/schemas/";

    /// <summary>Values that the service has and its description lacks.</summary>
    private static readonly Dictionary<string, string[]> UndescribedValues = new(StringComparer.Ordinal)
    {
        ["build_enum_runtime"] = ["node24"], // supported since 2026
    };

    public JsonElement Get(string name) => named.GetProperty(name);

    public IEnumerable<string> CheckJson(JsonElement value, JsonElement schema, string location)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return IsNullable(schema) ? [] : [$"{location} is null"];
        }

        return GetType(Resolve(schema)) switch
        {
            null => [],
            "object" => CheckObject(value, Resolve(schema), location),
            "array" => CheckArray(value, Resolve(schema), location),
            "string" => value.ValueKind == JsonValueKind.String
                ? CheckText(value.GetString()!, schema, location)
                : [NotA("string")],
            "integer" or "number" => value.ValueKind == JsonValueKind.Number
                ? CheckText(value.GetRawText(), schema, location)
                : [NotA("number")],
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [] : [NotA("boolean")],
            var type => [$"{location} has the type {type}, which these tests don't know"],
        };

        string NotA(string type) => $"{location} is not a {type}: {value.GetRawText()}";
    }

    /// <summary>Checks a value that is sent as text: a parameter, or the value of a JSON string or number.</summary>
    public IEnumerable<string> CheckText(string text, JsonElement schema, string location)
    {
        var resolved = Resolve(schema);
        return GetType(resolved) switch
        {
            "integer" => CheckInteger(text, resolved, location),
            "boolean" => bool.TryParse(text, out _) ? [] : [$"{location} is not a boolean: {text}"],
            _ => CheckString(text, schema, resolved, location),
        };
    }

    private static IEnumerable<string> CheckInteger(string text, JsonElement schema, string location)
    {
        if (!BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            yield return $"{location} is not an integer: {text}";
            yield break;
        }

        if (FindNumber(schema, "minimum") is { } minimum && number < minimum)
        {
            yield return $"{location} is less than {minimum}: {text}";
        }

        if (FindNumber(schema, "maximum") is { } maximum && number > maximum)
        {
            yield return $"{location} is more than {maximum}: {text}";
        }
    }

    private static IEnumerable<string> CheckString(
        string text,
        JsonElement schema,
        JsonElement resolved,
        string location
    )
    {
        if (FindNumber(resolved, "minLength") is { } minLength && text.Length < minLength)
        {
            yield return $"{location} has less than {minLength} characters: {text}";
        }

        if (FindNumber(resolved, "maxLength") is { } maxLength && text.Length > maxLength)
        {
            yield return $"{location} has more than {maxLength} characters: {text}";
        }

        if (FindText(resolved, "pattern") is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.ECMAScript))
        {
            yield return $"{location} does not match {pattern}: {text}";
        }

        if (
            resolved.TryGetProperty("enum", out var values)
            && !values.EnumerateArray().Any(value => value.GetString() == text)
            && !GetUndescribedValues(schema).Contains(text)
        )
        {
            yield return $"{location} is none of {values.GetRawText()}: {text}";
        }

        if (FindText(resolved, "format") is { } format && !HasFormat(text, format))
        {
            yield return $"{location} is not a {format}: {text}";
        }
    }

    private static bool HasFormat(string text, string format) =>
        format switch
        {
            "date-time" => text.Contains('T', StringComparison.Ordinal)
                && DateTimeOffset.TryParseExact(
                    text,
                    ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                )
                && (text.EndsWith('Z') || text[^6] is '+' or '-'),
            "uri" => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https",
            _ => throw new NotSupportedException($"The format {format} is not known."),
        };

    private static string[] GetUndescribedValues(JsonElement schema) =>
        FindText(schema, "$ref") is { } reference
        && UndescribedValues.TryGetValue(reference[ReferencePrefix.Length..], out var values)
            ? values
            : [];

    private static string? GetType(JsonElement schema) => FindText(schema, "type");

    private static string? FindText(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static long? FindNumber(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) ? value.GetInt64() : null;

    private IEnumerable<string> CheckObject(JsonElement value, JsonElement schema, string location)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [$"{location} is not an object: {value.GetRawText()}"];
        }

        if (FindText(schema, "format") == "uri-map")
        {
            var link = JsonSerializer.Deserialize<JsonElement>("""{"type":"string","format":"uri"}""");
            return value.EnumerateObject().SelectMany(member => CheckJson(member.Value, link, Name(member.Name)));
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties);
        var problems = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            if (hasProperties && properties.TryGetProperty(member.Name, out var described))
            {
                problems.AddRange(CheckJson(member.Value, described, Name(member.Name)));
            }
            else if (schema.TryGetProperty("additionalProperties", out var other))
            {
                problems.AddRange(
                    other.ValueKind switch
                    {
                        JsonValueKind.Object => CheckJson(member.Value, other, Name(member.Name)),
                        JsonValueKind.False => [$"{Name(member.Name)} is not described"],
                        _ => [],
                    }
                );
            }
            else if (hasProperties)
            {
                problems.Add($"{Name(member.Name)} is not described");
            }
        }

        if (hasProperties)
        {
            problems.AddRange(
                properties
                    .EnumerateObject()
                    .Where(property => !value.TryGetProperty(property.Name, out _))
                    .Select(property => $"{Name(property.Name)} is missing")
            );
        }

        return problems;

        string Name(string member) => $"{location}.{member}";
    }

    private IEnumerable<string> CheckArray(JsonElement value, JsonElement schema, string location) =>
        value.ValueKind == JsonValueKind.Array
            ? value
                .EnumerateArray()
                .SelectMany((item, index) => CheckJson(item, schema.GetProperty("items"), $"{location}[{index}]"))
            : [$"{location} is not an array: {value.GetRawText()}"];

    private bool IsNullable(JsonElement schema) =>
        GetType(Resolve(schema)) is null
        || (Resolve(schema).TryGetProperty("nullable", out var nullable) && nullable.GetBoolean());

    private JsonElement Resolve(JsonElement schema) =>
        FindText(schema, "$ref") is { } reference ? Get(reference[ReferencePrefix.Length..]) : schema;
}
