using System.Globalization;
using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>
/// Expressions of GitHub Actions, and of Azure Pipelines as far as they are the same: names with dots, strings,
/// numbers, <c>! == != &amp;&amp; ||</c> and calls. An unknown name is null, an unknown function an error.
/// </summary>
internal sealed partial class Expression
{
    private readonly IReadOnlyDictionary<string, object?> _contexts;
    private readonly IReadOnlyDictionary<string, Func<object?[], object?>> _functions;
    private readonly Queue<string> _tokens;

    private Expression(
        string text,
        IReadOnlyDictionary<string, object?> contexts,
        IReadOnlyDictionary<string, Func<object?[], object?>> functions
    )
    {
        _contexts = contexts;
        _functions = functions;
        var tokens = Token().Matches(text);
        Assert.Equal(
            text.Replace(" ", "", StringComparison.Ordinal).Length,
            tokens.Sum(token => token.Value.Replace(" ", "", StringComparison.Ordinal).Length)
        );
        _tokens = new Queue<string>(tokens.Select(token => token.Value.Trim()));
    }

    /// <summary>Names of contexts that an expression reads: <c>steps.run.outputs.url</c>.</summary>
    public static IEnumerable<string> Names(string text) =>
        Hole().Matches(text).SelectMany(hole => NamesIn(hole.Groups["expression"].Value));

    public static IEnumerable<string> NamesIn(string expression) =>
        Token()
            .Matches(expression)
            .Select(token => token.Value.Trim())
            .Where(token => char.IsLetter(token[0]) && token.Contains('.', StringComparison.Ordinal));

    /// <summary>Replaces each <c>${{ … }}</c> in a string.</summary>
    public static string Expand(
        string text,
        IReadOnlyDictionary<string, object?> contexts,
        IReadOnlyDictionary<string, Func<object?[], object?>> functions
    ) => Hole().Replace(text, hole => ToText(Evaluate(hole.Groups["expression"].Value, contexts, functions)));

    public static object? Evaluate(
        string text,
        IReadOnlyDictionary<string, object?> contexts,
        IReadOnlyDictionary<string, Func<object?[], object?>> functions
    )
    {
        var expression = new Expression(text, contexts, functions);
        var value = expression.Or();
        Assert.Empty(expression._tokens);
        return value;
    }

    public static bool IsTrue(object? value) => value is not (null or false or "" or 0.0);

    public static string ToText(object? value) =>
        value switch
        {
            null => "",
            bool flag => flag ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };

    private object? Or()
    {
        var value = And();
        while (Take("||"))
        {
            var right = And();
            value = IsTrue(value) ? value : right;
        }

        return value;
    }

    private object? And()
    {
        var value = Equality();
        while (Take("&&"))
        {
            var right = Equality();
            value = IsTrue(value) ? right : value;
        }

        return value;
    }

    private object? Equality()
    {
        var value = Unary();
        if (Take("=="))
        {
            return AreEqual(value, Unary());
        }

        return Take("!=") ? !AreEqual(value, Unary()) : value;
    }

    private object? Unary() => Take("!") ? !IsTrue(Unary()) : Primary();

    private object? Primary()
    {
        var token = _tokens.Dequeue();
        if (token == "(")
        {
            var inner = Or();
            Assert.True(Take(")"));
            return inner;
        }

        if (token[0] == '\'')
        {
            return token[1..^1].Replace("''", "'", StringComparison.Ordinal);
        }

        if (char.IsDigit(token[0]))
        {
            return double.Parse(token, CultureInfo.InvariantCulture);
        }

        return token switch
        {
            "true" => true,
            "false" => false,
            "null" => null,
            _ when Take("(") => _functions[token](Arguments()),
            _ => Find(token),
        };
    }

    private object?[] Arguments()
    {
        var arguments = new List<object?>();
        while (!Take(")"))
        {
            arguments.Add(Or());
            Take(",");
        }

        return [.. arguments];
    }

    private object? Find(string name)
    {
        object? value = _contexts;
        foreach (
            var part in name.Replace("['", ".", StringComparison.Ordinal)
                .Replace("']", "", StringComparison.Ordinal)
                .Split('.', 2)
                is [var first, var rest]
                ? SplitRest(first, rest)
                : [name]
        )
        {
            value = (value as IReadOnlyDictionary<string, object?>)?.GetValueOrDefault(part);
        }

        return value;

        string[] SplitRest(string first, string rest) =>
            first == "variables" ? [first, rest] : [first, .. rest.Split('.')];
    }

    private bool Take(string token)
    {
        if (_tokens.TryPeek(out var next) && next == token)
        {
            _tokens.Dequeue();
            return true;
        }

        return false;
    }

    private static bool AreEqual(object? left, object? right) =>
        string.Equals(ToText(left), ToText(right), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\s*('(?:[^']|'')*'|\|\||&&|==|!=|[!(),]|[A-Za-z_][\w-]*(?:\.[\w-]+|\['[^']+'\])*|\d+)\s*")]
    private static partial Regex Token();

    [GeneratedRegex(@"\$\{\{(?<expression>.*?)\}\}", RegexOptions.Singleline)]
    private static partial Regex Hole();
}
