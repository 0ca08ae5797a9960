using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Serverless.Assets.EndToEnd.Tests;

public sealed class PackageTests(PackageFeed feed)
{
    private static readonly string[] Rids =
    [
        "linux-arm64",
        "linux-musl-arm64",
        "linux-musl-x64",
        "linux-x64",
        "osx-arm64",
        "osx-x64",
        "win-arm64",
        "win-x64",
    ];

    /// <summary>
    /// Nothing of MSBuild, which brings its own; no buildTransitive, or the assets of a library would be uploaded by
    /// every project that references it.
    /// </summary>
    [Fact]
    public void It_holds_exactly_what_a_build_needs()
    {
        using var package = ZipFile.OpenRead(feed.Package);

        string[] expected =
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "package/services/metadata/core-properties/*.psmdcp",
            "Serverless.Assets.Build.nuspec",
            "README.md",
            "icon.png",
            "build/Serverless.Assets.Build.Constants.targets",
            "build/Serverless.Assets.Build.Deploy.targets",
            "build/Serverless.Assets.Build.Settings.targets",
            "build/Serverless.Assets.Build.Web.targets",
            "build/Serverless.Assets.Build.Tasks.targets",
            "build/Serverless.Assets.Build.props",
            "build/Serverless.Assets.Build.targets",
            "buildMultiTargeting/Serverless.Assets.Build.targets",
            "tasks/net10.0/MetadataExtractor.dll",
            "tasks/net10.0/Microsoft.Extensions.DependencyInjection.Abstractions.dll",
            "tasks/net10.0/Microsoft.Extensions.Logging.Abstractions.dll",
            "tasks/net10.0/Polly.Core.dll",
            "tasks/net10.0/RESPite.dll",
            "tasks/net10.0/Serverless.Assets.Build.deps.json",
            "tasks/net10.0/Serverless.Assets.Build.dll",
            "tasks/net10.0/Serverless.Assets.Reporting.dll",
            "tasks/net10.0/Serverless.Assets.Client.dll",
            "tasks/net10.0/Serverless.Assets.dll",
            "tasks/net10.0/StackExchange.Redis.dll",
            "tasks/net10.0/System.IO.Hashing.dll",
            "tasks/net10.0/XmpCore.dll",
            "emulator/net10.0/Microsoft.Data.Sqlite.dll",
            "emulator/net10.0/SQLitePCLRaw.batteries_v2.dll",
            "emulator/net10.0/SQLitePCLRaw.core.dll",
            "emulator/net10.0/SQLitePCLRaw.provider.e_sqlite3.dll",
            "emulator/net10.0/Serverless.Assets.Emulator.deps.json",
            "emulator/net10.0/Serverless.Assets.Emulator.dll",
            "emulator/net10.0/Serverless.Assets.Emulator.runtimeconfig.json",
            "emulator/net10.0/System.CommandLine.dll",
            .. Rids.Select(rid =>
                $"emulator/net10.0/runtimes/{rid}/native/{(rid.StartsWith("win", StringComparison.Ordinal) ? "e_sqlite3.dll" : rid.StartsWith("osx", StringComparison.Ordinal) ? "libe_sqlite3.dylib" : "libe_sqlite3.so")}"
            ),
        ];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            package
                .Entries.Select(entry => Regex.Replace(entry.FullName, @"[^/]+\.psmdcp$", "*.psmdcp"))
                .Order(StringComparer.Ordinal)
        );
    }

    /// <summary>Where only a later .NET is installed, the emulator runs on that.</summary>
    [Fact]
    public void The_emulator_also_runs_on_a_later_runtime()
    {
        using var package = ZipFile.OpenRead(feed.Package);
        using var settings = JsonDocument.Parse(
            package.GetEntry("emulator/net10.0/Serverless.Assets.Emulator.runtimeconfig.json")!.Open()
        );

        Assert.Equal(
            "Major",
            settings.RootElement.GetProperty("runtimeOptions").GetProperty("rollForward").GetString()
        );
    }

    [Fact]
    public void The_package_adds_no_requirements_for_its_consumers()
    {
        using var package = ZipFile.OpenRead(feed.Package);
        using var stream = package.GetEntry("Serverless.Assets.Build.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        string? Value(string name) =>
            metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

        Assert.Equal("Serverless.Assets.Build", Value("id"));
        Assert.Equal(feed.Version, Value("version"));
        Assert.Equal("true", Value("developmentDependency"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.DoesNotContain(
            metadata.Elements(),
            element => element.Name.LocalName is "dependencies" or "frameworkReferences"
        );
    }
}
