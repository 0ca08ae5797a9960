namespace Serverless.Assets.Emulator.Api;

/// <summary>The Node runtimes of Builds.</summary>
internal static class Runtimes
{
    public const string Default = "node22";

    /// <summary>Builds still succeed with it, deployments of them fail.</summary>
    public const string NotDeployable = "node18";

    private static readonly string[] Known =
    [
        "node8",
        "node10",
        "node12",
        "node14",
        "node16",
        NotDeployable,
        "node20",
        Default,
        "node24",
    ];

    /// <exception cref="ApiException">No such runtime.</exception>
    public static string Parse(string? runtime) =>
        runtime switch
        {
            null or "" => Default,
            _ when Known.Contains(runtime) => runtime,
            _ => throw ApiException.Invalid($"Runtime must be one of {string.Join(", ", Known)}"),
        };
}
