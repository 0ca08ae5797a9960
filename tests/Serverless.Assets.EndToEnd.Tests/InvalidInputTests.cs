using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests;

public sealed class InvalidInputTests(PackageFeed feed) : EndToEndTest(feed)
{
    /// <summary>
    /// How GitHub's problem matcher for the .NET SDK reads a line: file, line, severity and code must be there.
    /// </summary>
    private static readonly Regex Matched = new(
        @"^([^\s].*)\((\d+)(?:,\d+|,\d+,\d+)?\):\s+(error|warning)\s+([a-zA-Z]+(?<!MSB)\d+):\s*(.*?)\s+\[(.*?)\]$"
    );

    [Fact]
    public async Task All_problems_are_reported_in_one_run_and_nothing_is_uploaded()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .Property("ServerlessAssetsServiceSid", "ZS123")
            .Property("ServerlessAssetsMaxConcurrency", "-1")
            .File("assets/empty.txt", "")
            .File("assets/a blank.txt", "x")
            .File("assets/server.key", "x")
            .File("assets/site.css", "x")
            .File("assets/Site.CSS", "y")
            .File("assets/appsettings.json", "{}")
            .ItemInclude("ServerlessAssetFolder", "assets")
            .ItemInclude("ServerlessAssetFolder", "nowhere")
            .ItemInclude("ServerlessAsset", "missing.txt");

        var result = (await project.PublishAsync()).Failed();

        var expected = new List<(string Code, string? File)>
        {
            ("SAB1003", null),
            ("SAB1009", null),
            ("SAB2001", project.PathOf("nowhere")),
            ("SAB2002", project.PathOf("missing.txt")),
            ("SAB2008", project.PathOf("assets/a blank.txt")),
            ("SAB2013", project.PathOf("assets/empty.txt")),
            ("SAB2015", project.PathOf("assets/server.key")),
        };
        if (File.ReadAllText(project.PathOf("assets/site.css")) == "x")
        {
            expected.Add(("SAB2011", project.PathOf("assets/site.css"))); // the file system is case-sensitive
        }

        Assert.Equal(
            expected.OrderBy(error => error.Code, StringComparer.Ordinal),
            result
                .Errors.Select(error =>
                    (error.Code, error.Code.StartsWith("SAB1", StringComparison.Ordinal) ? null : error.File)
                )
                .OrderBy(error => error.Code, StringComparer.Ordinal)
        );
        var warning = Assert.Single(result.Warnings);
        Assert.Equal(
            ("SAB2016", project.PathOf("assets/appsettings.json"), 1),
            (warning.Code, warning.File, warning.Line)
        );
        Assert.Empty(await emulator.TakeRequestsAsync());
        Assert.False(File.Exists(project.ManifestPath));

        var shown = result
            .Output.Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.Contains("SAB", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        Assert.Equal(expected.Count + 1, shown.Count);
        Assert.All(shown, line => Assert.Matches(Matched, line));
    }

    /// <summary>Otherwise a typo would silently upload nothing, or to the wrong place.</summary>
    [Fact]
    public async Task A_switch_with_a_value_that_it_does_not_know_is_an_error()
    {
        var project = NewProject()
            .Property("ServerlessAssetsEnabled", "1")
            .Property("ServerlessAssetsUploadOn", "Publsh")
            .Property("ServerlessAssetsRequired", "never")
            .Property("ServerlessAssetsMaxConcurrency", "many")
            .Property("ServerlessAssetsRequestTimeout", "1m")
            .Property("ServerlessAssetsTimeout", "soon")
            .Property("ServerlessAssetsEmulator", "local")
            .File("assets/a.txt", "a");
        const string Message =
            "ServerlessAssetsEnabled '1' is not valid: expected true or false. "
            + "ServerlessAssetsUploadOn 'Publsh' is not valid: expected Publish, Build or None. "
            + "ServerlessAssetsRequired 'never' is not valid: expected true or false. "
            + "ServerlessAssetsMaxConcurrency 'many' is not valid: expected a whole number of at least 0. "
            + "ServerlessAssetsRequestTimeout '1m' is not valid: expected a whole number from 1 to 2592000. "
            + "ServerlessAssetsTimeout 'soon' is not valid: expected a whole number from 1 to 2592000. "
            + "ServerlessAssetsEmulator 'local' is not valid: expected true or false.";

        foreach (
            var result in new[] { await project.BuildAsync(), await project.MSBuildAsync("UploadServerlessAssets") }
        )
        {
            var error = Assert.Single(result.Failed().Errors);
            Assert.Equal(("SAB1009", Message), (error.Code, error.Text));
            Assert.Empty(result.Tasks);
        }
    }

    [Fact]
    public async Task An_invalid_setting_does_not_fail_a_build_that_uploads_nothing()
    {
        var project = NewProject()
            .Property("ServerlessAssetsEnabled", "false")
            .Property("ServerlessAssetsDeployOn", "Allways")
            .Property("ServerlessAssetsTimeout", "soon")
            .File("assets/a.txt", "a");

        Assert.Empty((await project.PublishAsync()).Succeeded().Tasks);
        var named = (await project.MSBuildAsync("UploadServerlessAssets")).Failed(); // runs all the same
        Assert.Equal(2, named.Errors.Count(error => error.Code == "SAB1009"));
    }

    [Fact]
    public async Task A_warning_can_be_suppressed_or_treated_as_an_error()
    {
        var project = NewProject().File("assets/appsettings.json", "{}");

        Assert.Equal("SAB2016", Assert.Single((await project.MSBuildAsync("CollectServerlessAssets")).Warnings).Code);
        (await project.MSBuildAsync("CollectServerlessAssets", "-p:NoWarn=SAB2016")).Succeeded();
        Assert.Equal(
            "SAB2016",
            Assert
                .Single((await project.MSBuildAsync("CollectServerlessAssets", "-warnaserror:SAB2016")).Failed().Errors)
                .Code
        );
    }
}
