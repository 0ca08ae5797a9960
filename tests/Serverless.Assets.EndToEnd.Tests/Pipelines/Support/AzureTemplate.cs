using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>
/// Expands templates as Azure Pipelines does before a run: parameters, <c>${{ if }}</c>, nested templates.
/// </summary>
internal static partial class AzureTemplate
{
    private static readonly Dictionary<string, Func<object?[], object?>> Functions = new()
    {
        ["lower"] = arguments => Expression.ToText(arguments[0]).ToLowerInvariant(),
        ["eq"] = arguments =>
            string.Equals(
                Expression.ToText(arguments[0]),
                Expression.ToText(arguments[1]),
                StringComparison.OrdinalIgnoreCase
            ),
        ["and"] = arguments => arguments.All(Expression.IsTrue),
        ["in"] = arguments =>
            arguments
                .Skip(1)
                .Any(argument =>
                    string.Equals(
                        Expression.ToText(arguments[0]),
                        Expression.ToText(argument),
                        StringComparison.OrdinalIgnoreCase
                    )
                ),
    };

    /// <summary>The steps of a template, all of them scripts, tasks and shortcuts for tasks.</summary>
    /// <param name="given">Values of parameters; those that are not given have their defaults.</param>
    public static IReadOnlyList<Dictionary<string, object?>> Expand(
        string path,
        IReadOnlyDictionary<string, object?> given
    )
    {
        var template = Yaml.Load(path);
        var parameters = new Dictionary<string, object?>();
        foreach (var parameter in template.Maps("parameters"))
        {
            var name = parameter.Text("name")!;
            var value = given.TryGetValue(name, out var own) ? own : parameter.Text("default") ?? "";
            if (parameter.Text("type") == "boolean")
            {
                Assert.Contains(value, (object[])["true", "false", true, false]);
                value = Equals(value, "true") || Equals(value, true) ? "True" : "False"; // the string form
            }

            Assert.True(
                parameter.List("values") is [] || parameter.List("values").Contains(value),
                $"{name} '{value}'"
            );
            parameters[name] = value;
        }

        Assert.Empty(given.Keys.Except(parameters.Keys));
        var contexts = new Dictionary<string, object?> { ["parameters"] = parameters };
        return
        [
            .. ExpandList(template.List("steps"), contexts)
                .Cast<Dictionary<string, object?>>()
                .SelectMany(step =>
                    step.Text("template") is { } nested
                        ? Expand(Path.Combine(Path.GetDirectoryName(path)!, nested), new Dictionary<string, object?>())
                        : [step]
                ),
        ];
    }

    private static IEnumerable<object?> ExpandList(
        IEnumerable<object?> items,
        IReadOnlyDictionary<string, object?> contexts
    )
    {
        foreach (var item in items)
        {
            if (
                item is Dictionary<string, object?> { Count: 1 } map
                && Condition().Match(map.Keys.Single()) is { Success: true } condition
            )
            {
                if (Expression.IsTrue(Expression.Evaluate(condition.Groups["expression"].Value, contexts, Functions)))
                {
                    foreach (var inner in ExpandList((List<object?>)map.Values.Single()!, contexts))
                    {
                        yield return inner;
                    }
                }
            }
            else
            {
                yield return Expand(item, contexts);
            }
        }
    }

    private static object? Expand(object? value, IReadOnlyDictionary<string, object?> contexts) =>
        value switch
        {
            Dictionary<string, object?> map => map.ToDictionary(
                entry => entry.Key,
                entry => Expand(entry.Value, contexts)
            ),
            List<object?> list => ExpandList(list, contexts).ToList(),
            string text => Expression.Expand(text, contexts, Functions),
            _ => value,
        };

    [GeneratedRegex(@"^\$\{\{ if (?<expression>.*) \}\}$")]
    private static partial Regex Condition();
}
