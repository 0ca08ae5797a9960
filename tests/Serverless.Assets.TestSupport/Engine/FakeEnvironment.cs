namespace Serverless.Assets.TestSupport;

/// <summary>Environment variables of a test.</summary>
internal static class FakeEnvironment
{
    public static Func<string, string?> Empty { get; } = _ => null;

    public static Func<string, string?> Of(params (string Name, string? Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value).GetValueOrDefault;
}
