using System.Globalization;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>The package as users get it, in a feed of its own; packed once for all tests.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("end-to-end-feed-").FullName;

    /// <summary>Never used before, so that no package folder has another package under this version.</summary>
    public string Version { get; } =
        string.Create(CultureInfo.InvariantCulture, $"0.{Random.Shared.Next()}.{Random.Shared.Next()}");

    public string Folder => Path.Combine(_root, "feed");

    public string Package => Path.Combine(Folder, $"Serverless.Assets.Build.{Version}.nupkg");

    /// <summary>Where restores unpack it: not the user's own package folder.</summary>
    public string Unpacked => Path.Combine(_root, "packages");

    /// <summary>The user's own package folder; what is there need not be fetched again.</summary>
    public static string OfMachine { get; } =
        Directory
            .CreateDirectory(
                Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
                    ? named
                    : Path.Combine(
                        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                        ".nuget",
                        "packages"
                    )
            )
            .FullName;

    public async ValueTask InitializeAsync()
    {
        var (exitCode, output) = await DotNet.RunAsync(
            Repository.PathOf("src/Serverless.Assets.Build"),
            ["pack", "--no-build", "-c", Repository.Configuration, $"-p:PackageVersion={Version}", "-o", Folder]
        );
        Assert.True(exitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return ValueTask.CompletedTask;
    }
}
