using System.Globalization;

namespace Serverless.Assets.TestSupport;

/// <summary>A feed with the package as users get it, packed once for all tests.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly TempFolder _root = new();

    /// <summary>Unique, so that no package folder contains another package with this version.</summary>
    public string Version { get; } =
        string.Create(CultureInfo.InvariantCulture, $"0.{Random.Shared.Next()}.{Random.Shared.Next()}");

    public string Folder => _root["feed"];

    public string Package => Path.Combine(Folder, $"Serverless.Assets.Build.{Version}.nupkg");

    /// <summary>The folder into which restores extract it, instead of the user's package folder.</summary>
    public string Unpacked => _root["packages"];

    /// <summary>The user's package folder, whose packages need not be downloaded again.</summary>
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
        _root.Dispose();
        return ValueTask.CompletedTask;
    }
}
