namespace Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

/// <summary>The functions of conditions of Azure Pipelines, as far as they are used.</summary>
internal static class AzureConditions
{
    public static Dictionary<string, Func<object?[], object?>> Functions(bool succeeded) =>
        new()
        {
            ["succeeded"] = _ => succeeded,
            ["and"] = arguments => arguments.All(Expression.IsTrue),
            ["eq"] = arguments =>
                string.Equals(
                    Expression.ToText(arguments[0]),
                    Expression.ToText(arguments[1]),
                    StringComparison.OrdinalIgnoreCase
                ),
            ["startsWith"] = arguments =>
                Expression
                    .ToText(arguments[0])
                    .StartsWith(Expression.ToText(arguments[1]), StringComparison.OrdinalIgnoreCase),
        };
}
