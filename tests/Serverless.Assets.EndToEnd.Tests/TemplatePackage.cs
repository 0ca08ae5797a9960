namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The package of the template, and a template hive that it is installed to.</summary>
public sealed class TemplatePackage(PackageFeed feed) : IAsyncLifetime
{
    private readonly TempFolder _root = new();

    /// <summary>Full path of the package.</summary>
    public string Path => _root[$"Serverless.Assets.Templates.{feed.Version}.nupkg"];

    /// <summary>What to pass to <c>--debug:custom-hive</c>.</summary>
    public string Hive => _root["hive"];

    public async ValueTask InitializeAsync()
    {
        await RunAsync(
            "pack",
            "--no-build",
            "-c",
            Repository.Configuration,
            $"-p:PackageVersion={feed.Version}",
            "-o",
            _root.Path
        );
        await RunAsync("new", "install", Path, "--debug:custom-hive", Hive);
    }

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var folder = Repository.PathOf("templates/Serverless.Assets.Templates");
        var (exitCode, output) = await DotNet.RunAsync(folder, arguments);
        Assert.True(exitCode == 0, output);
    }
}
