using System.Reflection;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>Where the tests come from.</summary>
internal static class Repository
{
    private static readonly Assembly Tests = typeof(Repository).Assembly;

    public static string Root { get; } =
        Tests
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepositoryRoot")
            .Value!;

    /// <summary>Debug or Release: what the tests were built with, and so what there is to pack.</summary>
    public static string Configuration { get; } =
        Tests.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    public static string PathOf(string path) => Path.Combine([Root, .. path.Split('/')]);
}
