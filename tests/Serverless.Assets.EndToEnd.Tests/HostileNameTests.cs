using System.Text.RegularExpressions;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// CI systems execute commands in a build's output, and the author of a pull request chooses file names. Azure
/// Pipelines and GitHub find <c>##vso[</c> and <c>##[</c> anywhere in a line, GitHub <c>::</c> where one begins.
/// </summary>
public sealed partial class HostileNameTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly string[] Names =
    [
        "a##vso[task.setvariable variable=x]b.txt",
        "c##[error]d.txt",
        "::error::e.txt",
        // Not on Windows, which has no such names.
        .. OperatingSystem.IsWindows()
            ? Array.Empty<string>()
            : ["f\n::add-mask::g.txt", "h\r##vso[task.complete result=Failed]i.txt", "j\n##[set-env name=k]l.txt"],
    ];

    [Theory]
    [InlineData("minimal")]
    [InlineData("normal")]
    [InlineData("detailed")]
    public async Task Errors_about_such_files_hold_no_command(string verbosity)
    {
        var project = NewProject()
            .Property("ServerlessAssetsServiceName", "site")
            .Environment("TWILIO_API_KEY", User)
            .Environment("TWILIO_API_SECRET", Secret);
        foreach (var name in Names)
        {
            project.File($"assets/{name}", "a");
        }

        using var build = project.StartMSBuild("CollectServerlessAssets", $"-v:{verbosity}");

        Assert.Equal(1, (await build.EndAsync()).ExitCode);

        AssertNoCommand(build.Output);
        Assert.Contains(
            "a#\\u0023vso[task.setvariable variable=x]b.txt(1): error SAB2008: 'assets/a#\\u0023vso[task.setvariable variable=x]b.txt' maps to",
            build.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(
            Names.Length,
            Regex
                .Matches(build.Output, "error SAB2008: '([^']*)'")
                .Select(match => match.Groups[1].Value)
                .Distinct()
                .Count()
        );
    }

    [Fact]
    public async Task Uploads_of_such_files_and_what_goes_wrong_in_them_hold_no_command()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator);
        for (var i = 0; i < Names.Length; i++)
        {
            project
                .File($"odd{i}/{Names[i]}", $"content {i}")
                .ItemInclude("ServerlessAsset", $"odd{i}/*.txt", ("AssetPath", $"/{i}.txt"));
        }

        // One is rejected with a response that quotes it; the others are uploaded.
        emulator.Faults = new EmulatorFaults { RejectStatus = 403, RejectPathContains = "/0.txt" };
        var refused = (await project.PublishAsync()).Failed();
        AssertNoCommand(refused);
        Assert.Equal(Names.Length - 1, await emulator.CountVersionsAsync());
        Assert.Equal("SAB3006", Assert.Single(refused.Errors).Code);

        emulator.Faults = new EmulatorFaults();
        var result = (await project.PublishAsync()).Succeeded();
        AssertNoCommand(result);
        Assert.Contains(
            "Uploaded odd0/a#\\u0023vso[task.setvariable variable=x]b.txt -> /0.txt",
            string.Join('\n', result.OwnMessages),
            StringComparison.Ordinal
        );
        var manifest = ConsumerManifest.Read(project.ManifestPath);
        Assert.Equal(Names.Select((name, i) => $"odd{i}/{name}"), manifest.Assets.Select(asset => asset.File));
        for (var i = 0; i < Names.Length; i++)
        {
            Assert.Equal($"content {i}", await emulator.GetTextAsync(manifest.AssetVersions[i]));
        }
    }

    /// <summary>
    /// GitHub shows an error at its file in the pull request if the line has the form that setup-dotnet's matcher looks
    /// for.
    /// </summary>
    [Fact]
    public async Task Errors_have_the_form_that_problem_matchers_find()
    {
        var project = NewProject()
            .Property("ServerlessAssetsServiceName", "site")
            .Environment("TWILIO_API_KEY", User)
            .Environment("TWILIO_API_SECRET", Secret)
            .File("assets/empty.txt", "")
            .File("assets/appsettings.json", "{}");

        var lines = (await project.PublishAsync())
            .Failed()
            .Output.Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Distinct();

        var found = lines
            .Select(line => ProblemMatcher().Match(line))
            .Where(match => match.Success)
            .Select(match =>
                $"{match.Groups[1].Value.Trim()} {match.Groups[2]} {match.Groups[4]} {match.Groups[5]} {match.Groups[7]}"
            )
            .Distinct()
            .Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                $"{project.PathOf("assets/appsettings.json")} 1 warning SAB2016 {project.PathOf("Site.csproj")}",
                $"{project.PathOf("assets/empty.txt")} 1 error SAB2013 {project.PathOf("Site.csproj")}",
            ],
            found
        );
    }

    private static void AssertNoCommand(ConsumerBuild result)
    {
        AssertNoCommand(result.Output);
        AssertNoCommand(string.Join('\n', result.OwnMessages));
    }

    private static void AssertNoCommand(string output) =>
        Assert.DoesNotContain(
            output.Split('\n', '\r'),
            line =>
                line.Contains("##vso[", StringComparison.Ordinal)
                || line.Contains("##[", StringComparison.Ordinal)
                || line.TrimStart().StartsWith("::", StringComparison.Ordinal)
        );

    /// <summary>The pattern of <c>csc.json</c> in actions/setup-dotnet.</summary>
    [GeneratedRegex(
        @"^([^\s].*)\((\d+)(?:,\d+|,\d+,\d+)?(,\d+)?\):\s+(error|warning)\s+([a-zA-Z]+(?<!MSB)\d+):\s*(.*?)\s+\[(.*?)\]$"
    )]
    private static partial Regex ProblemMatcher();
}
