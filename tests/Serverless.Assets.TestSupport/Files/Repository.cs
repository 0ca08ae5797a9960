using System.Reflection;

namespace Serverless.Assets.TestSupport;

/// <summary>The repository that the tests were built in. Paths are relative to its root and use <c>/</c>.</summary>
internal static class Repository
{
    private static readonly Assembly ThisAssembly = typeof(Repository).Assembly;

    /// <summary>Full path of the repository root.</summary>
    public static string Root { get; } =
        ThisAssembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot")
            .Value!;

    /// <summary>
    /// <c>Debug</c> or <c>Release</c>: what the tests, and the projects they run or pack, were built with.
    /// </summary>
    public static string Configuration { get; } =
        ThisAssembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The command-line tool as its own project builds it.</summary>
    public static string ToolAssembly { get; } = OutputOf("Serverless.Assets.Cli", "serverless-assets.dll");

    /// <summary>The emulator's program as its own project builds it.</summary>
    public static string EmulatorAssembly { get; } =
        OutputOf("Serverless.Assets.Emulator", "Serverless.Assets.Emulator.dll");

    /// <summary>Full path of a file or folder.</summary>
    public static string PathOf(string relativePath) => Path.Combine([Root, .. relativePath.Split('/')]);

    /// <summary>Full path of a file that a project of the product builds.</summary>
    public static string OutputOf(string project, string file) =>
        PathOf($"src/{project}/bin/{Configuration}/net10.0/{file}");
}
