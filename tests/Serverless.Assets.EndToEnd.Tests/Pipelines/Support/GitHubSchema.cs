using System.Globalization;
using System.Text.Json;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>Reads YAML with one of GitHub's own schemas, which have a form of their own (Schemas/README.md).</summary>
internal sealed class GitHubSchema
{
    private readonly JsonElement _definitions;

    private GitHubSchema(JsonElement definitions) => _definitions = definitions;

    public static GitHubSchema Load(string name) =>
        new(
            JsonDocument
                .Parse(
                    File.ReadAllText(
                        Repository.PathOf($"tests/Serverless.Assets.EndToEnd.Tests/Pipelines/Schemas/{name}.min.json")
                    )
                )
                .RootElement.GetProperty("definitions")
        );

    /// <returns>What is wrong, each with its place; empty: nothing.</returns>
    public IReadOnlyList<string> Check(string definition, object? value) => [.. Check(definition, value, "", [])];

    /// <param name="contexts">What expressions at this place may read; none: there may be no expression.</param>
    private IEnumerable<string> Check(string name, object? value, string place, IReadOnlyList<string> contexts)
    {
        if (!_definitions.TryGetProperty(name, out var definition))
        {
            return name == "string" ? CheckString(default, value, place, contexts)
                : IsBuiltIn(name, value, contexts) ? []
                : [$"{place} is no {name}"];
        }

        if (definition.TryGetProperty("context", out var own))
        {
            contexts = [.. contexts, .. own.EnumerateArray().Select(context => context.GetString()!)];
        }

        if (definition.TryGetProperty("one-of", out var alternatives))
        {
            var problems = alternatives
                .EnumerateArray()
                .Select(alternative => Check(alternative.GetString()!, value, place, contexts).ToList())
                .ToList();
            return problems.Any(found => found.Count == 0)
                ? []
                : problems.SelectMany(found => found).Prepend($"{place} is none of {name}");
        }

        if (definition.TryGetProperty("allowed-values", out var allowed))
        {
            return allowed.EnumerateArray().Any(candidate => candidate.GetString() == value as string)
                ? []
                : [$"{place} '{value}' is no {name}"];
        }

        if (definition.TryGetProperty("sequence", out var sequence))
        {
            return value is List<object?> list
                ? list.SelectMany(
                    (item, index) =>
                        Check(
                            sequence.GetProperty("item-type").GetString()!,
                            item,
                            string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"),
                            contexts
                        )
                )
                : [$"{place} is no list"];
        }

        if (definition.TryGetProperty("mapping", out var mapping))
        {
            return value is Dictionary<string, object?> map
                ? CheckMap(mapping, map, place, contexts)
                : [$"{place} is no map"];
        }

        foreach (var scalar in (string[])["boolean", "number", "null"])
        {
            if (definition.TryGetProperty(scalar, out _))
            {
                return IsBuiltIn(scalar, value, contexts) ? [] : [$"{place} is no {scalar}"];
            }
        }

        return CheckString(definition.GetProperty("string"), value, place, contexts);
    }

    private IEnumerable<string> CheckMap(
        JsonElement mapping,
        Dictionary<string, object?> map,
        string place,
        IReadOnlyList<string> contexts
    )
    {
        var known = new HashSet<string>();
        foreach (
            var property in mapping.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : []
        )
        {
            known.Add(property.Name);
            var isDetailed = property.Value.ValueKind == JsonValueKind.Object;
            if (map.TryGetValue(property.Name, out var value))
            {
                foreach (
                    var problem in Check(
                        (isDetailed ? property.Value.GetProperty("type") : property.Value).GetString()!,
                        value,
                        $"{place}.{property.Name}",
                        contexts
                    )
                )
                {
                    yield return problem;
                }
            }
            else if (isDetailed && property.Value.TryGetProperty("required", out var required) && required.GetBoolean())
            {
                yield return $"{place}.{property.Name} is missing";
            }
        }

        foreach (var (key, value) in map.Where(entry => !known.Contains(entry.Key)))
        {
            if (!mapping.TryGetProperty("loose-value-type", out var type))
            {
                yield return $"{place}.{key} is not known";
                continue;
            }

            foreach (var problem in Check(type.GetString()!, value, $"{place}.{key}", contexts))
            {
                yield return problem;
            }
        }
    }

    /// <param name="definition">Undefined: any text.</param>
    private static IEnumerable<string> CheckString(
        JsonElement definition,
        object? value,
        string place,
        IReadOnlyList<string> contexts
    )
    {
        if (value is not (string or null))
        {
            yield return $"{place} is no text";
            yield break;
        }

        var text = (string?)value ?? "";
        if (
            definition.ValueKind == JsonValueKind.Object
            && definition.TryGetProperty("constant", out var constant)
            && constant.GetString() != text
        )
        {
            yield return $"{place} is not {constant}";
        }

        if (
            definition.ValueKind == JsonValueKind.Object
            && definition.TryGetProperty("require-non-empty", out var isRequired)
            && isRequired.GetBoolean()
            && text.Length == 0
        )
        {
            yield return $"{place} is empty";
        }

        // The condition of a step is an expression without braces.
        foreach (
            var name in Expression
                .Names(text)
                .Concat(place.EndsWith(".if", StringComparison.Ordinal) ? Expression.NamesIn(text) : [])
        )
        {
            if (!contexts.Contains(name.Split('.')[0]))
            {
                yield return $"{place} reads {name}, which is not there";
            }
        }
    }

    private static bool IsBuiltIn(string name, object? value, IReadOnlyList<string> contexts) =>
        name switch
        {
            "any" => true,
            "boolean" => value is "true" or "false" || IsExpression(value, contexts),
            "number" => value is string number
                && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
                || IsExpression(value, contexts),
            "null" => value is null,
            "sequence" => value is List<object?>,
            "mapping" => value is Dictionary<string, object?>,
            _ => throw new InvalidOperationException($"{name} is not defined"),
        };

    private static bool IsExpression(object? value, IReadOnlyList<string> contexts) =>
        contexts.Count > 0 && value is string text && text.StartsWith("${{", StringComparison.Ordinal);
}
