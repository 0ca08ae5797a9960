using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>An operation of an <see cref="OpenApiDescription"/>.</summary>
/// <param name="Method">In upper case.</param>
/// <param name="Template">The path, such as <c>/v1/Services/{Sid}</c>.</param>
internal sealed record OpenApiOperation(string Method, string Template, JsonElement Json)
{
    private readonly string[] _segments = Template.Split('/');

    public IReadOnlyList<OpenApiParameter> PathParameters => [.. GetParameters("path")];

    public IReadOnlyList<OpenApiParameter> QueryParameters => [.. GetParameters("query")];

    /// <summary>The fields of the form.</summary>
    public IReadOnlyList<OpenApiParameter> FormFields
    {
        get
        {
            if (!Json.TryGetProperty("requestBody", out var body))
            {
                return [];
            }

            var schema = body.GetProperty("content")
                .GetProperty("application/x-www-form-urlencoded")
                .GetProperty("schema");
            string[] required = schema.TryGetProperty("required", out var names)
                ? [.. names.EnumerateArray().Select(name => name.GetString()!)]
                : [];
            return
            [
                .. schema
                    .GetProperty("properties")
                    .EnumerateObject()
                    .Select(member => new OpenApiParameter(member.Name, required.Contains(member.Name), member.Value)),
            ];
        }
    }

    public bool Matches(string method, string path) => Method == method && MatchPath(path) is not null;

    /// <summary>The values of the path's parameters; null if the path is another.</summary>
    public IReadOnlyDictionary<string, string>? MatchPath(string path)
    {
        var segments = path.Split('/');
        if (segments.Length != _segments.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (expected, actual) in _segments.Zip(segments))
        {
            if (expected.StartsWith('{'))
            {
                values[expected.Trim('{', '}')] = Uri.UnescapeDataString(actual);
            }
            else if (expected != actual)
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>Whether a response with this status is described.</summary>
    /// <param name="schema">The schema of its body; null if it has none.</param>
    public bool TryGetResponse(int status, out JsonElement? schema)
    {
        schema = null;
        if (!Json.GetProperty("responses").TryGetProperty($"{status}", out var response))
        {
            return false;
        }

        if (response.TryGetProperty("content", out var content))
        {
            schema = content.GetProperty("application/json").GetProperty("schema");
        }

        return true;
    }

    private IEnumerable<OpenApiParameter> GetParameters(string location) =>
        Json.TryGetProperty("parameters", out var parameters)
            ? from parameter in parameters.EnumerateArray()
            where parameter.Text("in") == location
            select new OpenApiParameter(
                parameter.Text("name"),
                parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
                parameter.GetProperty("schema")
            )
            : [];
}

/// <summary>A parameter of a path or a query, or a field of a form.</summary>
internal sealed record OpenApiParameter(string Name, bool IsRequired, JsonElement Schema);
