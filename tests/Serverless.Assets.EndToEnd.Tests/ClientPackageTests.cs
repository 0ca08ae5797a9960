using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The package of the client, and the sample, which uses it.</summary>
public sealed class ClientPackageTests(PackageFeed feed, ClientFeed client) : EndToEndTest(feed)
{
    private const string Program = "samples/UploadOneFile/upload.cs";

    [Fact]
    public void The_package_contains_the_client_and_its_documentation()
    {
        using var package = ZipFile.OpenRead(client.Package);
        string[] expected =
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "package/services/metadata/core-properties/*.psmdcp",
            "Serverless.Assets.Client.nuspec",
            "README.md",
            "icon.png",
            "lib/net10.0/Serverless.Assets.Client.dll",
            "lib/net10.0/Serverless.Assets.Client.xml",
        ];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            package
                .Entries.Select(entry => Regex.Replace(entry.FullName, @"[^/]+\.psmdcp$", "*.psmdcp"))
                .Order(StringComparer.Ordinal)
        );
        using var nuspec = package.GetEntry("Serverless.Assets.Client.nuspec")!.Open();
        Assert.Equal(
            ["Microsoft.Extensions.Http", "Microsoft.Extensions.Logging.Abstractions", "Polly.Core"],
            XDocument
                .Load(nuspec)
                .Descendants()
                .Where(element => element.Name.LocalName == "dependency")
                .Select(dependency => dependency.Attribute("id")!.Value)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_sample_runs_in_the_repository()
    {
        var emulator = await StartEmulatorAsync();

        var (exitCode, output) = await DotNet.RunAsync(
            Repository.PathOf("samples/UploadOneFile"),
            ["run", "upload.cs", "--", emulator.Url]
        );

        Assert.True(exitCode == 0, output);
        await AssertUploadedAsync(emulator, output);
    }

    [Fact]
    public async Task A_trimmed_program_with_the_package_uploads() =>
        await PublishAndRunAsync("-p:PublishAot=false", "-p:PublishTrimmed=true", "-p:SelfContained=true");

    [Fact]
    public async Task A_native_program_with_the_package_uploads()
    {
        Assert.SkipUnless(
            OperatingSystem.IsWindows() || ProgramPath.IsInstalled("clang") || ProgramPath.IsInstalled("gcc"),
            "Native AOT needs a C compiler: clang or gcc"
        );
        await PublishAndRunAsync("-p:PublishAot=true");
    }

    /// <summary>Publishes the sample, with the package instead of the project. Warnings about trimming are errors.</summary>
    private async Task PublishAndRunAsync(params string[] properties)
    {
        using var folder = new TempFolder();
        folder.Write("nuget.config", client.Configure());
        folder.Write(
            "hello.txt",
            await File.ReadAllTextAsync(Repository.PathOf("samples/UploadOneFile/hello.txt"), Token)
        );
        var program = await File.ReadAllTextAsync(Repository.PathOf(Program), Token);
        folder.Write(
            "upload.cs",
            Regex.Replace(program, @"^#:project .*\.csproj", $"#:package Serverless.Assets.Client@{client.Version}")
        );

        var (exitCode, output) = await DotNet.RunAsync(
            folder.Path,
            [
                "publish",
                "upload.cs",
                "-o",
                folder["out"],
                "-r",
                RuntimeInformation.RuntimeIdentifier,
                "-p:ILLinkTreatWarningsAsErrors=true",
                "-p:IlcTreatWarningsAsErrors=true",
                "-p:SuppressTrimAnalysisWarnings=false",
                "-p:TrimmerSingleWarn=false",
                .. properties,
            ]
        );
        Assert.True(exitCode == 0, output);
        Assert.Contains("upload.cs -> ", output, StringComparison.Ordinal);

        var emulator = await StartEmulatorAsync();
        using var uploader = ChildProcess.Start(
            Path.Combine(folder["out"], OperatingSystem.IsWindows() ? "upload.exe" : "upload"),
            [emulator.Url],
            folder.Path
        );
        var result = await uploader.EndAsync();
        Assert.True(result.ExitCode == 0, result.Output);
        await AssertUploadedAsync(emulator, result.Output);
    }

    private static async Task AssertUploadedAsync(TestEmulator emulator, string output)
    {
        var upload = Assert.Single(emulator.Server.Requests, request => request.Operation == "AssetVersion.Create");
        Assert.Equal(
            (201, "/hello.txt", "public", "hello.txt", "text/plain; charset=utf-8"),
            (
                upload.Status,
                upload.Fields["Path"].ToString(),
                upload.Fields["Visibility"].ToString(),
                upload.FileName,
                upload.ContentType
            )
        );
        Assert.Equal(
            await File.ReadAllBytesAsync(Repository.PathOf("samples/UploadOneFile/hello.txt"), Token),
            upload.Content?.ToArray()
        );
        Assert.Matches("Uploaded hello.txt as ZN[0-9a-f]{32}, a version of the Asset ZH[0-9a-f]{32}", output);
    }
}
