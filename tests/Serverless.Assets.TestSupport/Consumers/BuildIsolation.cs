namespace Serverless.Assets.TestSupport;

/// <summary>
/// Isolates the builds in a folder from its surroundings: it gets its own SDK version, package feed and package
/// folder, and empty files where MSBuild would otherwise search the parent folders.
/// </summary>
internal static class BuildIsolation
{
    /// <param name="usesOtherPackages">Whether packages also come from the sources of the machine.</param>
    public static void Apply(string folder, PackageFeed feed, bool usesOtherPackages = false)
    {
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
        Write("Directory.Build.rsp", "");
        Write("global.json", """{ "sdk": { "version": "10.0.100", "rollForward": "latestFeature" } }""");
        Write(
            "nuget.config",
            usesOtherPackages
                ? NuGetConfiguration.AddSource(feed.Folder, feed.Unpacked, PackageFeed.OfMachine)
                : NuGetConfiguration.OnlySources([feed.Folder], feed.Unpacked)
        );

        void Write(string file, string text) => File.WriteAllText(Path.Combine(folder, file), text);
    }
}
