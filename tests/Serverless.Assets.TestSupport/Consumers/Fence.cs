using System.Xml.Linq;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// Isolates a folder from its surroundings: it gets its own SDK version, package feed and package folder, and empty
/// files where MSBuild would otherwise search the parent folders.
/// </summary>
internal static class Fence
{
    /// <param name="usesOtherPackages">Whether packages also come from the sources of the machine.</param>
    public static void Write(string root, PackageFeed feed, bool usesOtherPackages = false)
    {
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("Directory.Build.rsp", "");
        Write("global.json", """{ "sdk": { "version": "10.0.100", "rollForward": "latestFeature" } }""");
        Write(
            "nuget.config",
            new XElement(
                "configuration",
                new XElement(
                    "packageSources",
                    usesOtherPackages ? null : new XElement("clear"),
                    Add("local", feed.Folder)
                ),
                new XElement("config", Add("globalPackagesFolder", feed.Unpacked)),
                new XElement(
                    "fallbackPackageFolders",
                    new XElement("clear"),
                    usesOtherPackages ? Add("machine", PackageFeed.OfMachine) : null
                )
            ).ToString()
        );

        void Write(string file, string text) => File.WriteAllText(Path.Combine(root, file), text);
    }

    private static XElement Add(string key, string value) =>
        new("add", new XAttribute("key", key), new XAttribute("value", value));
}
