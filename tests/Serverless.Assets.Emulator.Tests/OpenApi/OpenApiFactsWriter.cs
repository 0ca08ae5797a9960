using System.Text;

namespace Serverless.Assets.Emulator.Tests.OpenApi;

/// <summary>Writes the text that <see cref="OpenApiFactsReader"/> reads.</summary>
internal sealed class OpenApiFactsWriter
{
    private readonly StringBuilder _text = new();

    private OpenApiFactsWriter() { }

    /// <param name="comment">The first lines.</param>
    public static string Write(OpenApiDescription description, params string[] comment)
    {
        var writer = new OpenApiFactsWriter();
        foreach (var line in comment)
        {
            writer.WriteLine(0, $"# {line}");
        }

        writer.WriteAll(description);
        return writer._text.ToString();
    }

    /// <summary>In an order that does not depend on that of the description.</summary>
    private void WriteAll(OpenApiDescription description)
    {
        foreach (
            var operation in description
                .Operations.OrderBy(operation => operation.Template, StringComparer.Ordinal)
                .ThenBy(operation => operation.Method, StringComparer.Ordinal)
        )
        {
            WriteBlankLine();
            WriteOperation(operation);
        }

        foreach (var (name, schema) in description.Schemas.Named.OrderBy(schema => schema.Key, StringComparer.Ordinal))
        {
            WriteBlankLine();
            WriteSchema(0, $"schema {name}", schema);
        }
    }

    private void WriteOperation(OpenApiOperation operation)
    {
        WriteLine(0, $"{operation.Method} {operation.Template}");
        foreach (var parameter in operation.Parameters)
        {
            var required = parameter.IsRequired ? " required" : "";
            WriteSchema(1, $"{parameter.Location} {parameter.Name}{required}", parameter.Schema);
        }

        foreach (var (status, schema) in operation.Responses.OrderBy(response => response.Key))
        {
            if (schema is null)
            {
                WriteLine(1, $"response {status}: nothing");
            }
            else
            {
                WriteSchema(1, $"response {status}", schema);
            }
        }
    }

    private void WriteSchema(int depth, string subject, OpenApiSchema schema)
    {
        var prefix = new StringBuilder($"{subject}: ");
        while (schema.Items is { } items)
        {
            prefix.Append(schema.IsNullable ? "array nullable of " : "array of ");
            schema = items;
        }

        WriteLine(depth, $"{prefix}{string.Join(' ', GetWords(schema))}");
        foreach (var property in schema.Properties)
        {
            WriteSchema(depth + 1, property.Name, property.Schema);
        }

        if (schema.OtherProperties is { } other)
        {
            WriteSchema(depth + 1, "*", other);
        }
    }

    /// <returns>The type and its constraints.</returns>
    private static IEnumerable<string> GetWords(OpenApiSchema schema)
    {
        if (schema.Reference is { } reference)
        {
            return [$"@{reference}"];
        }

        if (schema.Values.FirstOrDefault(value => value.Contains(' ') || value.Contains('|')) is { } value)
        {
            throw new NotSupportedException($"The format of the facts does not allow the value '{value}'.");
        }

        string?[] words =
        [
            schema.Type ?? "any",
            schema.IsNullable ? "nullable" : null,
            Constraint("format", schema.Format),
            Constraint("minimum", schema.Minimum),
            Constraint("maximum", schema.Maximum),
            Constraint("minLength", schema.MinLength),
            Constraint("maxLength", schema.MaxLength),
            schema.Values.Count > 0 ? $"enum={string.Join('|', schema.Values)}" : null,
            Constraint("pattern", schema.Pattern),
        ];
        return words.OfType<string>();
    }

    private static string? Constraint(string name, object? value) =>
        value is null ? null : FormattableString.Invariant($"{name}={value}");

    private void WriteBlankLine()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }
    }

    private void WriteLine(int depth, string line) => _text.Append(' ', depth * 2).Append(line).Append('\n');
}
