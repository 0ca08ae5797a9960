using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Serverless.Assets.EndToEnd.Tests.Documents;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>The package of the emulator, and the test of docs/emulator.md, which uses it.</summary>
public sealed class EmulatorPackageTests(EmulatorFeed feed)
{
    private const string Uploader = """
        using System.Net.Http.Headers;
        using System.Text;
        using System.Text.Json;

        internal static class Uploader
        {
            public static async Task UploadAsync(Uri address, string file)
            {
                using var http = new HttpClient { BaseAddress = address };
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
                    "Basic",
                    Convert.ToBase64String(Encoding.ASCII.GetBytes("AC00000000000000000000000000000000:x"))
                );
                using var name = new FormUrlEncodedContent([new("FriendlyName", $"/{file}")]);
                using var created = await http.PostAsync("/v1/Services/site/Assets", name);
                created.EnsureSuccessStatusCode();
                using var asset = JsonDocument.Parse(await created.Content.ReadAsStringAsync());
                using var form = new MultipartFormDataContent
                {
                    { new StringContent($"/{file}"), "Path" },
                    { new StringContent("public"), "Visibility" },
                    { new ByteArrayContent(await File.ReadAllBytesAsync(file)), "Content", file },
                };
                var sid = asset.RootElement.GetProperty("sid").GetString();
                using var uploaded = await http.PostAsync($"/v1/Services/site/Assets/{sid}/Versions", form);
                uploaded.EnsureSuccessStatusCode();
            }
        }
        """;

    [Fact]
    public void The_package_contains_the_library_and_needs_ASP_NET_Core()
    {
        using var package = ZipFile.OpenRead(feed.Package);
        string[] expected =
        [
            "[Content_Types].xml",
            "_rels/.rels",
            "package/services/metadata/core-properties/*.psmdcp",
            "Serverless.Assets.Emulator.nuspec",
            "README.md",
            "icon.png",
            "lib/net10.0/Serverless.Assets.Emulator.dll",
            "lib/net10.0/Serverless.Assets.Emulator.runtimeconfig.json",
            "lib/net10.0/Serverless.Assets.Emulator.xml",
        ];
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            package
                .Entries.Select(entry => Regex.Replace(entry.FullName, @"[^/]+\.psmdcp$", "*.psmdcp"))
                .Order(StringComparer.Ordinal)
        );
        using var nuspec = package.GetEntry("Serverless.Assets.Emulator.nuspec")!.Open();
        var elements = XDocument.Load(nuspec).Descendants().ToList();
        Assert.Equal(
            ["Microsoft.Data.Sqlite", "System.CommandLine"],
            elements
                .Where(element => element.Name.LocalName == "dependency")
                .Select(dependency => dependency.Attribute("id")!.Value)
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            ["Microsoft.AspNetCore.App"],
            elements
                .Where(element => element.Name.LocalName == "frameworkReference")
                .Select(reference => reference.Attribute("name")!.Value)
        );
    }

    [Fact]
    public async Task The_test_of_the_documentation_passes_in_a_project_with_the_package()
    {
        using var folder = new TempFolder();
        folder.Write("nuget.config", feed.Configure());
        folder.Write("site/index.html", "<p>home</p>");
        folder.Write("hold.mp3", "music");
        folder.Write("Directory.Build.props", "<Project />");
        folder.Write("Directory.Build.targets", "<Project />");
        folder.Write("Directory.Packages.props", "<Project />");
        folder.Write(
            "Consumer.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>$(NoWarn);xUnit1051</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <None Update="site/**;hold.mp3" CopyToOutputDirectory="PreserveNewest" />
                <PackageReference Include="xunit.v3" Version="3.2.2" />
                <PackageReference Include="Serverless.Assets.Emulator" Version="{feed.Version}" />
              </ItemGroup>
            </Project>
            """
        );
        folder.Write("UploadTests.cs", GetExample());
        folder.Write("Uploader.cs", Uploader);

        var (exitCode, output) = await DotNet.RunAsync(folder.Path, ["run"]);

        Assert.True(exitCode == 0, output);
        Assert.Contains("Total: 1, Errors: 0, Failed: 0", output, StringComparison.Ordinal);
    }

    private static string GetExample() =>
        DocumentPage
            .Read("docs/emulator.md")
            .Blocks.Single(block => block.Kind == "run by" && block.Argument == nameof(EmulatorPackageTests))
            .Text;
}
