using System.Diagnostics;
using System.Xml.Linq;

namespace Serverless.Assets.EndToEnd.Tests.Documents;

/// <summary>
/// The project <c>MyApp</c> with some files, a shell, and the tool. Requests to the service are sent to the emulator.
/// </summary>
internal sealed class ReadersFolder : IDisposable
{
    private const string Project = "MyApp.csproj";

    /// <summary>Bash: replaces the addresses of the service and of an emulator in the arguments.</summary>
    private const string ArgumentsToEmulator = """
        arguments=("${@//https:\/\/serverless.twilio.com/$EMULATOR}")
        arguments=("${arguments[@]//http:\/\/127.0.0.1:5005/$EMULATOR}")
        """;

    /// <summary>Additional files that pages name.</summary>
    private static readonly Dictionary<string, string[]> OfPages = new()
    {
        ["docs/diagnostics.md"] =
        [
            "../shared/a.txt",
            "assets/price list (2026).html",
            "logo.svg",
            "assets/backup.private.tar.gz",
        ],
        ["docs/emulator.md"] = ["a.css"],
        ["docs/properties.md"] = ["wwwroot/js/app.js", "LICENSE", "../shared/prompts/en/hello.mp3"],
    };

    private readonly TempFolder _root = new();

    public ReadersFolder(PackageFeed feed, DocumentPage page)
    {
        BuildIsolation.Apply(_root.Path, feed);
        var hasPackage = !page.Text.Contains("dotnet add package", StringComparison.Ordinal);
        Write(
            Project,
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <ServerlessAssetsServiceName>my-site</ServerlessAssetsServiceName>
              </PropertyGroup>
              <ItemGroup>
                {(
                hasPackage
                    ? $"<PackageReference Include=\"Serverless.Assets.Build\" Version=\"{feed.Version}\" PrivateAssets=\"all\" />"
                    : ""
            )}
              </ItemGroup>
            </Project>
            """
        );
        Write("Program.cs", "System.Console.WriteLine();\n");
        Write("assets/index.html", "<!doctype html><title>My app</title>\n");
        Write("assets/audio/hold-music.mp3", "music");
        Write("site/index.html", "<!doctype html><title>My site</title>\n");
        Write("../home/Music/hold-music.mp3", "music");
        foreach (var file in OfPages.GetValueOrDefault(page.Path, []))
        {
            Write(file, "content");
        }

        AddCommand("curl", ArgumentsToEmulator, "curl \"${arguments[@]}\"");
        AddCommand(
            "serverless-assets",
            """
            service=(--api-base-url "$EMULATOR" --upload-base-url "$EMULATOR")
            case "$* " in *--version* | *--help* | *--emulator* | merge\ * | completion\ * | emulator\ *) service=();; esac
            """,
            $"dotnet \"{Repository.ToolAssembly}\" \"$@\" \"${{service[@]}}\""
        );
    }

    private string Folder => _root["MyApp"];

    public void Write(string file, string text)
    {
        var path = Path.Combine([Folder, .. file.Split('/')]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Later values of a property on a page replace earlier ones.</summary>
    public void AddToProject(string xml)
    {
        var file = Path.Combine(Folder, Project);
        var project = XDocument.Load(file);
        var added = XElement
            .Parse($"<Project>{xml}</Project>")
            .Elements()
            .Select(element =>
                element.Name.LocalName.StartsWith("ServerlessAsset", StringComparison.Ordinal)
                    ? new XElement("ItemGroup", element)
                    : element
            )
            .ToList();
        var properties = added
            .Where(element => element.Name == "PropertyGroup")
            .Elements()
            .Select(property => property.Name)
            .ToHashSet();
        project.Root!.Elements("PropertyGroup").Elements().Where(known => properties.Contains(known.Name)).Remove();
        project.Root!.Add(added);
        project.Save(file);
    }

    /// <returns>The output includes the errors.</returns>
    public async Task<(int ExitCode, string Output)> RunAsync(string commands, string emulator)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"set -euo pipefail\nexec 2>&1\n{commands}"])
        {
            WorkingDirectory = Folder,
        };
        ProcessEnvironment.SetForBuild(
            start,
            new Dictionary<string, string>
            {
                ["PATH"] = $"{_root["bin"]}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
                ["HOME"] = _root["home"],
                ["EMULATOR"] = emulator,
                ["ServerlessAssetsApiBaseUrl"] = emulator,
                ["ServerlessAssetsUploadBaseUrl"] = emulator,
                ["TWILIO_API_KEY"] = TestCredentials.ApiKey,
                ["TWILIO_API_SECRET"] = TestCredentials.Secret,
                ["NO_PROXY"] = "127.0.0.1,localhost",
                ["no_proxy"] = "127.0.0.1,localhost",
            }
        );
        var result = await ChildProcess.RunAsync(start);
        return (result.ExitCode, result.Out);
    }

    public void Dispose() => _root.Dispose();

    /// <summary>Defines a command of the shell, in which the programs of the machine take precedence again.</summary>
    private void AddCommand(string name, string before, string command)
    {
        var path = _root[$"bin/{name}"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/bash\nPATH=\"${{PATH#*{Path.PathSeparator}}}\"\n{before}\nexec {command}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
