using System.Globalization;
using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests.OpenApi;

/// <summary>
/// Reads an OpenAPI description in JSON, or as much of OpenAPI 3 as the service's description uses. It rejects what it
/// does not know, so that the facts lack nothing of a newer description.
/// </summary>
internal static class OpenApiJsonReader
{
    private const string ReferencePrefix = "#/components/schemas/";

    private static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    /// <summary>What explains, and restricts nothing that is compared.</summary>
    private static readonly string[] Explanations =
    [
        "description",
        "example",
        "examples",
        "headers",
        "operationId",
        "security",
        "servers",
        "summary",
        "tags",
        "title",
        "x-twilio",
    ];

    /// <exception cref="NotSupportedException">The description has a keyword that is not known here.</exception>
    public static OpenApiDescription Read(string json)
    {
        var root = JsonSerializer.Deserialize<JsonElement>(json);
        var operations =
            from path in root.GetProperty("paths").EnumerateObject()
            from member in GetFacts(path.Value, Methods)
            select ReadOperation(member.Key.ToUpperInvariant(), path.Name, member.Value);
        var schemas = root.GetProperty("components").GetProperty("schemas").EnumerateObject();
        return new OpenApiDescription(
            [.. operations],
            schemas.ToDictionary(schema => schema.Name, schema => ReadSchema(schema.Value), StringComparer.Ordinal)
        );
    }

    private static OpenApiOperation ReadOperation(string method, string template, JsonElement json)
    {
        var facts = GetFacts(json, "parameters", "requestBody", "responses");
        var parameters = facts.TryGetValue("parameters", out var list)
            ? list.EnumerateArray().Select(ReadParameter)
            : [];
        var fields = facts.TryGetValue("requestBody", out var body) ? ReadForm(body) : [];
        return new OpenApiOperation(method, template)
        {
            Parameters = [.. parameters, .. fields],
            Responses = facts["responses"]
                .EnumerateObject()
                .ToDictionary(
                    response => int.Parse(response.Name, CultureInfo.InvariantCulture),
                    response =>
                        ReadContent(response.Value, "application/json") is { } schema ? ReadSchema(schema) : null
                ),
        };
    }

    private static OpenApiParameter ReadParameter(JsonElement json)
    {
        var facts = GetFacts(json, "in", "name", "required", "schema");
        var location = facts["in"].GetString();
        return new OpenApiParameter(
            location is "path" or "query" ? location : throw NotKnown($"parameter in {location}"),
            facts["name"].GetString()!,
            facts.TryGetValue("required", out var required) && required.GetBoolean(),
            ReadSchema(facts["schema"])
        );
    }

    private static IEnumerable<OpenApiParameter> ReadForm(JsonElement body)
    {
        if (ReadContent(body, "application/x-www-form-urlencoded") is not { } schema)
        {
            return [];
        }

        var required = GetFacts(schema, "type", "properties", "required").TryGetValue("required", out var names)
            ? names.EnumerateArray().Select(name => name.GetString()!).ToHashSet()
            : [];
        return schema
            .GetProperty("properties")
            .EnumerateObject()
            .Select(field => new OpenApiParameter(
                "form",
                field.Name,
                required.Contains(field.Name),
                ReadSchema(field.Value)
            ));
    }

    /// <returns>The schema of the body of a request or a response; null if it has none.</returns>
    private static JsonElement? ReadContent(JsonElement body, string type) =>
        GetFacts(body, "content").TryGetValue("content", out var content)
            ? GetFacts(GetFacts(content, type)[type], "schema")["schema"]
            : null;

    private static OpenApiSchema ReadSchema(JsonElement json)
    {
        if (json.TryGetProperty("$ref", out var reference))
        {
            GetFacts(json, "$ref");
            return new OpenApiSchema { Reference = reference.GetString()![ReferencePrefix.Length..] };
        }

        var facts = GetFacts(
            json,
            "type",
            "nullable",
            "format",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
            "enum",
            "items",
            "properties",
            "additionalProperties"
        );
        var schema = new OpenApiSchema
        {
            Type = Text("type"),
            IsNullable = facts.TryGetValue("nullable", out var nullable) && nullable.GetBoolean(),
            Format = Text("format"),
            Minimum = Number("minimum"),
            Maximum = Number("maximum"),
            MinLength = Number("minLength"),
            MaxLength = Number("maxLength"),
            Pattern = Text("pattern"),
            Values = facts.TryGetValue("enum", out var values)
                ? [.. values.EnumerateArray().Select(value => value.GetString()!)]
                : [],
            Items = facts.TryGetValue("items", out var items) ? ReadSchema(items) : null,
            Properties = facts.TryGetValue("properties", out var properties)
                ?
                [
                    .. properties
                        .EnumerateObject()
                        .Select(property => new OpenApiProperty(property.Name, ReadSchema(property.Value))),
                ]
                : [],
            OtherProperties = facts.TryGetValue("additionalProperties", out var other) ? ReadOther(other) : null,
        };
        var isClosed =
            schema.OtherProperties is null
            && (facts.ContainsKey("properties") || facts.ContainsKey("additionalProperties"));
        return isClosed && schema.Properties.Count == 0 ? throw NotKnown("schema of an empty object") : schema;

        string? Text(string name) => facts.TryGetValue(name, out var value) ? value.GetString() : null;

        long? Number(string name) => facts.TryGetValue(name, out var value) ? value.GetInt64() : null;
    }

    private static OpenApiSchema? ReadOther(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.True => new OpenApiSchema(),
            JsonValueKind.False => null, // an object has no other properties anyway
            _ => ReadSchema(json),
        };

    /// <returns>The members with these names, as far as they are present.</returns>
    private static Dictionary<string, JsonElement> GetFacts(JsonElement json, params string[] names)
    {
        var facts = json.EnumerateObject()
            .ExceptBy(Explanations, member => member.Name)
            .ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal);
        return facts.Keys.Except(names).FirstOrDefault() is { } other ? throw NotKnown(other) : facts;
    }

    private static NotSupportedException NotKnown(string what) =>
        new($"The OpenAPI description has a {what}, which is not known.");
}
