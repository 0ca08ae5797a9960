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
internal sealed class OpenApiSchemas(IReadOnlyDictionary<string, OpenApiSchema> named)
{
    /// <summary>Values that the service has and its description lacks.</summary>
    private static readonly Dictionary<string, string[]> UndescribedValues = new(StringComparer.Ordinal)
    {
        ["build_enum_runtime"] = ["node24"], // supported since 2026
    };

    /// <summary>A member of an object with the format <c>uri-map</c>.</summary>
    private static readonly OpenApiSchema Link = new() { Type = "string", Format = "uri" };

    /// <summary>The schemas that others refer to.</summary>
    public IReadOnlyDictionary<string, OpenApiSchema> Named { get; } = named;

    public IEnumerable<string> CheckJson(JsonElement value, OpenApiSchema schema, string location)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return IsNullable(schema) ? [] : [$"{location} is null"];
        }

        return Resolve(schema).Type switch
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
    public IEnumerable<string> CheckText(string text, OpenApiSchema schema, string location)
    {
        var resolved = Resolve(schema);
        return resolved.Type switch
        {
            "integer" => CheckInteger(text, resolved, location),
            "boolean" => bool.TryParse(text, out _) ? [] : [$"{location} is not a boolean: {text}"],
            _ => CheckString(text, schema, resolved, location),
        };
    }

    private static IEnumerable<string> CheckInteger(string text, OpenApiSchema schema, string location)
    {
        if (!BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            yield return $"{location} is not an integer: {text}";
            yield break;
        }

        if (schema.Format == "int64" && (number < long.MinValue || number > long.MaxValue))
        {
            yield return $"{location} is not an int64: {text}";
        }

        if (schema.Minimum is { } minimum && number < minimum)
        {
            yield return $"{location} is less than {minimum}: {text}";
        }

        if (schema.Maximum is { } maximum && number > maximum)
        {
            yield return $"{location} is more than {maximum}: {text}";
        }
    }

    private static IEnumerable<string> CheckString(
        string text,
        OpenApiSchema schema,
        OpenApiSchema resolved,
        string location
    )
    {
        if (resolved.MinLength is { } minLength && text.Length < minLength)
        {
            yield return $"{location} has less than {minLength} characters: {text}";
        }

        if (resolved.MaxLength is { } maxLength && text.Length > maxLength)
        {
            yield return $"{location} has more than {maxLength} characters: {text}";
        }

        if (resolved.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.ECMAScript))
        {
            yield return $"{location} does not match {pattern}: {text}";
        }

        if (
            resolved.Values.Count > 0
            && !resolved.Values.Contains(text)
            && !GetUndescribedValues(schema).Contains(text)
        )
        {
            var values = string.Join(", ", resolved.Values.Select(value => $"\"{value}\""));
            yield return $"{location} is none of [{values}]: {text}";
        }

        if (resolved.Format is { } format && !HasFormat(text, format))
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

    private static string[] GetUndescribedValues(OpenApiSchema schema) =>
        schema.Reference is { } reference && UndescribedValues.TryGetValue(reference, out var values) ? values : [];

    private IEnumerable<string> CheckObject(JsonElement value, OpenApiSchema schema, string location)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [$"{location} is not an object: {value.GetRawText()}"];
        }

        if (schema.Format == "uri-map")
        {
            return value.EnumerateObject().SelectMany(member => CheckJson(member.Value, Link, Name(member.Name)));
        }

        var problems = new List<string>();
        foreach (var member in value.EnumerateObject())
        {
            var property = schema.Properties.FirstOrDefault(property => property.Name == member.Name);
            if ((property?.Schema ?? schema.OtherProperties) is { } described)
            {
                problems.AddRange(CheckJson(member.Value, described, Name(member.Name)));
            }
            else if (schema.Properties.Count > 0)
            {
                problems.Add($"{Name(member.Name)} is not described");
            }
        }

        problems.AddRange(
            schema
                .Properties.Where(property => !value.TryGetProperty(property.Name, out _))
                .Select(property => $"{Name(property.Name)} is missing")
        );
        return problems;

        string Name(string member) => $"{location}.{member}";
    }

    private IEnumerable<string> CheckArray(JsonElement value, OpenApiSchema schema, string location) =>
        value.ValueKind == JsonValueKind.Array
            ? value.EnumerateArray().SelectMany((item, index) => CheckJson(item, schema.Items!, $"{location}[{index}]"))
            : [$"{location} is not an array: {value.GetRawText()}"];

    private bool IsNullable(OpenApiSchema schema) => Resolve(schema) is { Type: null } or { IsNullable: true };

    private OpenApiSchema Resolve(OpenApiSchema schema) =>
        schema.Reference is { } reference ? Named[reference] : schema;
}
