using System.Xml.Linq;

namespace Serverless.Assets.TestSupport;

/// <summary>A feed with the tool's package as users get it, packed once for all tests.</summary>
public sealed class ToolFeed : IAsyncLifetime
{
    private readonly TempFolder _root = new();

    /// <summary>Unique, so that no package folder contains another package with this version.</summary>
    public string Version { get; } = $"1.0.0-test.{Guid.NewGuid():n}";

    public string Folder => _root["feed"];

    public string Package => Path.Combine(Folder, $"Serverless.Assets.Cli.{Version}.nupkg");

    /// <summary>
    /// The content of a NuGet configuration file with this feed, the given ones, and no other source.
    /// </summary>
    internal string Configure(params string[] otherFeeds) =>
        new XElement(
            "configuration",
            new XElement(
                "packageSources",
                new XElement("clear"),
                otherFeeds.Prepend(Folder).Select((feed, index) => Add($"feed{index}", feed))
            ),
            new XElement("config", Add("globalPackagesFolder", _root["packages"])),
            new XElement("fallbackPackageFolders", new XElement("clear"))
        ).ToString();

    public async ValueTask InitializeAsync()
    {
        var (exitCode, output) = await DotNet.RunAsync(
            Repository.PathOf("src/Serverless.Assets.Cli"),
            ["pack", "--no-build", "-c", Repository.Configuration, $"-p:PackageVersion={Version}", "-o", Folder]
        );
        Assert.True(exitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        _root.Dispose();
        return ValueTask.CompletedTask;
    }

    private static XElement Add(string key, string value) =>
        new("add", new XAttribute("key", key), new XAttribute("value", value));
}
