using System.Xml.Linq;

namespace Serverless.Assets.TestSupport;

/// <summary>The content of NuGet configuration files with a package folder of their own.</summary>
internal static class NuGetConfiguration
{
    /// <summary>Packages come from these feeds only.</summary>
    /// <param name="packageFolder">The folder into which packages are extracted.</param>
    public static string OnlySources(IEnumerable<string> feeds, string packageFolder) =>
        Create(
            feeds.Select((feed, index) => Add($"feed{index}", feed)).Prepend(new XElement("clear")),
            packageFolder,
            fallbackFolder: null
        );

    /// <summary>Packages come from this feed and from the sources of the machine.</summary>
    /// <param name="packageFolder">The folder into which packages are extracted.</param>
    /// <param name="fallbackFolder">A folder with packages that need not be extracted.</param>
    public static string AddSource(string feed, string packageFolder, string fallbackFolder) =>
        Create([Add("local", feed)], packageFolder, fallbackFolder);

    private static string Create(IEnumerable<XElement> sources, string packageFolder, string? fallbackFolder) =>
        new XElement(
            "configuration",
            new XElement("packageSources", sources),
            new XElement("config", Add("globalPackagesFolder", packageFolder)),
            new XElement(
                "fallbackPackageFolders",
                new XElement("clear"),
                fallbackFolder is null ? null : Add("machine", fallbackFolder)
            )
        ).ToString();

    private static XElement Add(string key, string value) =>
        new("add", new XAttribute("key", key), new XAttribute("value", value));
}
