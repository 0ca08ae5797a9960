using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>What the package gallery and debuggers read of each package.</summary>
public sealed partial class PackageMetadataTests(
    PackageFeed build,
    ToolFeed tool,
    ClientFeed client,
    EmulatorFeed emulator,
    TemplatePackage templates
) : IClassFixture<TemplatePackage>
{
    private const string Project = "https://github.com/serverless-assets/Serverless.Assets.Build";

    public static TheoryData<string> Packages => ["Build", "Cli", "Client", "Emulator", "Templates"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_gallery_shows_everything_about_the_package(string name)
    {
        using var package = ZipFile.OpenRead(PackageOf(name));
        var metadata = XDocument.Parse(Read(package, $"Serverless.Assets.{name}.nuspec")).Root!.Elements().Single();
        XElement Element(string element) => metadata.Elements().Single(child => child.Name.LocalName == element);

        Assert.Equal(Project, Element("projectUrl").Value);
        Assert.Equal("git", Element("repository").Attribute("type")?.Value);
        Assert.Equal($"{Project}.git", Element("repository").Attribute("url")?.Value);
        Assert.Equal("MIT", Element("license").Value);
        Assert.Equal("expression", Element("license").Attribute("type")?.Value);
        Assert.Equal($"{Project}/blob/main/CHANGELOG.md", Element("releaseNotes").Value);
        Assert.Equal("README.md", Element("readme").Value);
        Assert.Equal("icon.png", Element("icon").Value);
        Assert.EndsWith(".", Element("description").Value, StringComparison.Ordinal);
        Assert.Contains("twilio", Element("tags").Value.Split(' '));
        Assert.Equal((128, 128), SizeOf(package.GetEntry("icon.png")!));
    }

    /// <summary>The gallery resolves no relative link, and shows images only from some hosts.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void The_links_of_the_readme_work_outside_of_the_repository(string name)
    {
        using var package = ZipFile.OpenRead(PackageOf(name));

        var readme = Read(package, "README.md");
        var links = Link().Matches(readme).ToList();

        Assert.NotEmpty(links);
        Assert.DoesNotContain("<img", readme, StringComparison.OrdinalIgnoreCase); // the gallery shows no HTML
        Assert.All(links, link => Assert.StartsWith("https://", link.Groups["target"].Value, StringComparison.Ordinal));
        Assert.All(
            links.Where(link => link.Value.StartsWith('!')),
            image =>
                Assert.StartsWith(
                    "https://raw.githubusercontent.com/",
                    image.Groups["target"].Value,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void The_symbols_of_every_assembly_of_the_repository_are_published()
    {
        Assert.Equal(
            [
                "tasks/net10.0/Serverless.Assets.Build.pdb",
                "tasks/net10.0/Serverless.Assets.Client.pdb",
                "tasks/net10.0/Serverless.Assets.Reporting.pdb",
                "tasks/net10.0/Serverless.Assets.pdb",
            ],
            SymbolsOf(build)
        );
        Assert.Equal(
            [
                "tools/net10.0/any/Serverless.Assets.Client.pdb",
                "tools/net10.0/any/Serverless.Assets.Emulator.pdb",
                "tools/net10.0/any/Serverless.Assets.Reporting.pdb",
                "tools/net10.0/any/Serverless.Assets.pdb",
                "tools/net10.0/any/serverless-assets.pdb",
            ],
            SymbolsOf(tool)
        );
        Assert.Equal(["lib/net10.0/Serverless.Assets.Client.pdb"], SymbolsOf(client));
        Assert.Equal(["lib/net10.0/Serverless.Assets.Emulator.pdb"], SymbolsOf(emulator));
    }

    private static List<string> SymbolsOf(PackedProject project)
    {
        using var package = ZipFile.OpenRead(project.Package);
        using var symbols = ZipFile.OpenRead(project.SymbolPackage);
        var files = symbols
            .Entries.Select(entry => entry.FullName)
            .Where(file => file.EndsWith(".pdb", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();

        // A symbol server rejects symbols of which the package has no assembly.
        Assert.All(files, file => Assert.NotNull(package.GetEntry(Path.ChangeExtension(file, ".dll"))));
        return files;
    }

    private string PackageOf(string name) =>
        name switch
        {
            "Build" => build.Package,
            "Cli" => tool.Package,
            "Client" => client.Package,
            "Emulator" => emulator.Package,
            _ => templates.Path,
        };

    private static string Read(ZipArchive package, string file)
    {
        using var reader = new StreamReader(package.GetEntry(file)!.Open());
        return reader.ReadToEnd();
    }

    private static (int Width, int Height) SizeOf(ZipArchiveEntry image)
    {
        using var stream = image.Open();
        var start = new byte[24]; // the signature, and the first chunk up to width and height
        stream.ReadExactly(start);
        Assert.Equal("PNG"u8.ToArray(), start[1..4]);
        return (
            BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(16)),
            BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(20))
        );
    }

    [GeneratedRegex(@"!?\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
