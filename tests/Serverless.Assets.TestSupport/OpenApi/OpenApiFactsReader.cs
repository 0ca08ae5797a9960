using System.Globalization;
using System.Text.RegularExpressions;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// Reads an <see cref="OpenApiDescription"/> from text with a line for each operation, parameter, response, schema and
/// property:
/// <code>
/// POST /v1/Things/{Sid}
///   path Sid required: string minLength=34 maxLength=34 pattern=^ZT[0-9a-f]{32}$
///   query Page: integer format=int64 minimum=0
///   form Parts required: array of @part
///   response 201: object
///     part: @part
///     counts: object nullable
///       *: integer
///     more: array nullable of any
///   response 204: nothing
///
/// # A comment
/// schema part: string enum=one|two
/// </code>
/// The property <c>*</c> describes all properties that have no line of their own. A pattern comes last, because it can
/// contain spaces. Indented lines are the properties of the object that the line above ends with.
/// </summary>
internal sealed partial class OpenApiFactsReader
{
    private readonly List<(string Name, Line Line)> _references = [];

    private OpenApiFactsReader() { }

    /// <exception cref="FormatException">A line is wrong. The message names its number.</exception>
    public static OpenApiDescription Read(string text) => new OpenApiFactsReader().ReadAll(text);

    private OpenApiDescription ReadAll(string text)
    {
        var operations = new List<OpenApiOperation>();
        var schemas = new Dictionary<string, OpenApiSchema>(StringComparer.Ordinal);
        foreach (var line in ReadLines(text))
        {
            if (SchemaLine().Match(line.Text) is { Success: true } schema)
            {
                schemas.Add(schema.Groups["name"].Value, ReadType(schema.Groups["type"].Value, line));
            }
            else if (OperationLine().Match(line.Text) is { Success: true } operation)
            {
                operations.Add(ReadOperation(operation, line));
            }
            else
            {
                throw line.Error("is neither an operation nor a schema");
            }
        }

        foreach (var (name, line) in _references.Where(reference => !schemas.ContainsKey(reference.Name)))
        {
            throw line.Error($"refers to {name}, which has no line");
        }

        return new OpenApiDescription(operations, schemas);
    }

    /// <returns>The lines that are not indented.</returns>
    private static List<Line> ReadLines(string text)
    {
        var root = new Line(0, "");
        var open = new Stack<Line>([root]);
        foreach (var (index, content) in text.Split('\n').Index())
        {
            var trimmed = content.Trim();
            if (trimmed.Length == 0 || trimmed.StartsWith('#'))
            {
                continue;
            }

            var line = new Line(index + 1, trimmed);
            var (depth, rest) = Math.DivRem(content.IndexOf(trimmed, StringComparison.Ordinal), 2);
            if (rest != 0 || depth >= open.Count)
            {
                throw line.Error("is not indented by two spaces more than the line that it belongs to");
            }

            while (open.Count > depth + 1)
            {
                open.Pop();
            }

            if (open.Peek().Lines.Exists(other => other.Subject == line.Subject))
            {
                throw line.Error("describes what a line above describes");
            }

            open.Peek().Lines.Add(line);
            open.Push(line);
        }

        return root.Lines;
    }

    private OpenApiOperation ReadOperation(Match operation, Line line)
    {
        var parameters = new List<OpenApiParameter>();
        var responses = new Dictionary<int, OpenApiSchema?>();
        foreach (var child in line.Lines)
        {
            if (ParameterLine().Match(child.Text) is { Success: true } parameter)
            {
                parameters.Add(
                    new OpenApiParameter(
                        parameter.Groups["location"].Value,
                        parameter.Groups["name"].Value,
                        parameter.Groups["required"].Success,
                        ReadType(parameter.Groups["type"].Value, child)
                    )
                );
            }
            else if (ResponseLine().Match(child.Text) is { Success: true } response)
            {
                var type = response.Groups["type"].Value;
                responses.Add(
                    int.Parse(response.Groups["status"].Value, CultureInfo.InvariantCulture),
                    type == "nothing" ? WithoutProperties<OpenApiSchema?>(null, child) : ReadType(type, child)
                );
            }
            else
            {
                throw child.Error("is neither a parameter nor a response");
            }
        }

        return new OpenApiOperation(operation.Groups["method"].Value, operation.Groups["template"].Value)
        {
            Parameters = parameters,
            Responses = responses,
        };
    }

    private OpenApiSchema ReadType(string text, Line line)
    {
        if (text.StartsWith('@'))
        {
            _references.Add((text[1..], line));
            return WithoutProperties(new OpenApiSchema { Reference = text[1..] }, line);
        }

        if (ArrayType().Match(text) is { Success: true } array)
        {
            return new OpenApiSchema
            {
                Type = "array",
                IsNullable = array.Groups["nullable"].Success,
                Items = ReadType(array.Groups["items"].Value, line),
            };
        }

        var match = OtherType().Match(text);
        if (!match.Success)
        {
            throw line.Error($"has the type {text}, which is not known");
        }

        var type = match.Groups["type"].Value;
        var schema = new OpenApiSchema { Type = type == "any" ? null : type };
        foreach (var constraint in match.Groups["constraint"].Captures.Select(capture => capture.Value))
        {
            schema = ReadConstraint(schema, constraint, line);
        }

        return type == "object" ? ReadProperties(schema, line) : WithoutProperties(schema, line);
    }

    private OpenApiSchema ReadProperties(OpenApiSchema schema, Line line)
    {
        var properties = line
            .Lines.Select(child =>
                PropertyLine().Match(child.Text) is { Success: true } property
                    ? new OpenApiProperty(property.Groups["name"].Value, ReadType(property.Groups["type"].Value, child))
                    : throw child.Error("is not a property")
            )
            .ToLookup(property => property.Name == "*");
        return schema with
        {
            Properties = [.. properties[false]],
            OtherProperties = properties[true].SingleOrDefault()?.Schema,
        };
    }

    private static OpenApiSchema ReadConstraint(OpenApiSchema schema, string constraint, Line line)
    {
        var (name, value) = constraint.Split('=', 2) is [var before, var after] ? (before, after) : (constraint, "");
        return name switch
        {
            "nullable" when constraint == name => schema with { IsNullable = true },
            _ when value.Length == 0 => throw Unknown(),
            "format" => schema with { Format = value },
            "minimum" => schema with { Minimum = Number() },
            "maximum" => schema with { Maximum = Number() },
            "minLength" => schema with { MinLength = Number() },
            "maxLength" => schema with { MaxLength = Number() },
            "enum" => schema with { Values = value.Split('|') },
            "pattern" => schema with { Pattern = value },
            _ => throw Unknown(),
        };

        FormatException Unknown() => line.Error($"has the constraint {constraint}, which is not known");

        long Number() =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw line.Error($"has the {name} {value}, which is not a number");
    }

    private static T WithoutProperties<T>(T value, Line line) =>
        line.Lines is [var child, ..] ? throw child.Error("does not belong to an object") : value;

    [GeneratedRegex(@"^schema (?<name>\S+): (?<type>.+)$")]
    private static partial Regex SchemaLine();

    [GeneratedRegex(@"^(?<method>GET|POST|PUT|PATCH|DELETE) (?<template>/\S*)$")]
    private static partial Regex OperationLine();

    [GeneratedRegex(@"^(?<location>path|query|form) (?<name>\S+)(?<required> required)?: (?<type>.+)$")]
    private static partial Regex ParameterLine();

    [GeneratedRegex("^response (?<status>[1-5][0-9]{2}): (?<type>.+)$")]
    private static partial Regex ResponseLine();

    [GeneratedRegex(@"^(?<name>\S+): (?<type>.+)$")]
    private static partial Regex PropertyLine();

    [GeneratedRegex("^array(?<nullable> nullable)? of (?<items>.+)$")]
    private static partial Regex ArrayType();

    [GeneratedRegex(
        @"^(?<type>any|object|string|integer|number|boolean)( (?!pattern=)(?<constraint>\S+))*( (?<constraint>pattern=.+))?$"
    )]
    private static partial Regex OtherType();

    private sealed record Line(int Number, string Text)
    {
        /// <summary>What the line describes; unique among the lines that belong to the same line.</summary>
        public string Subject =>
            Text.Split(": ")[0] is var subject && subject.EndsWith(" required", StringComparison.Ordinal)
                ? subject[..^" required".Length]
                : subject;

        /// <summary>The lines that belong to it.</summary>
        public List<Line> Lines { get; } = [];

        public FormatException Error(string problem) => new($"Line {Number} {problem}: {Text}");
    }
}
