using System.Net;

namespace Serverless.Assets.Cli.Tests;

/// <summary>From one Environment to another, previews and their removal, and the list of all.</summary>
public sealed class EnvironmentTests
{
    [Fact]
    public async Task A_promotion_makes_the_tested_Build_live_and_no_other()
    {
        await using var bench = await Workbench.StartAsync();
        var tested = await bench.DeployAsync(("a.txt", "first"));
        await bench.UploadAsync(("a.txt", "not tested"));
        await bench.Emulator.ResetStatsAsync();

        var live = await bench.JsonAsync("promote", "--from", "dev", "--environment", "prod", "--domain-suffix", "");

        Assert.Equal(
            (tested.Text("buildSid"), "prod", true),
            (live.Text("buildSid"), live.Text("environment"), live.GetProperty("changed").GetBoolean())
        );
        Assert.Equal((HttpStatusCode.OK, "first"), await bench.VisitAsync($"{live.Text("url")}a.txt"));
        Assert.DoesNotContain("Build.Create", (await bench.Emulator.CountRequestsAsync()).Keys);
        Assert.False(
            (await bench.JsonAsync("promote", "--from", "dev", "--environment", "prod"))
                .GetProperty("changed")
                .GetBoolean()
        );
    }

    /// <summary>A Service may have one Environment whose domain has no suffix, as a site's own name.</summary>
    [Fact]
    public async Task An_Environment_without_a_domain_suffix_can_be_requested()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));

        var live = await bench.JsonAsync("deploy", "--environment", "production", "--domain-suffix=-");

        Assert.Matches(@"^[a-z-]+-[0-9]{4}\.localhost:[0-9]+$", live.Text("domain"));
        Assert.Equal((HttpStatusCode.OK, "first"), await bench.VisitAsync($"{live.Text("url")}a.txt"));
        Assert.False(
            (await bench.JsonAsync("deploy", "--environment", "production")).GetProperty("changed").GetBoolean()
        );
    }

    [Fact]
    public async Task A_promotion_of_nothing_is_an_error_and_creates_nothing()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));

        var run = await bench.RunAsync("promote", "--from", "dev", "--environment", "prod");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB4013"], run.Codes);
        Assert.Null(await bench.FindEnvironmentAsync("prod"));
    }

    [Fact]
    public async Task A_preview_is_created_and_removed()
    {
        await using var bench = await Workbench.StartAsync();
        var dev = await bench.DeployAsync(("a.txt", "first"));
        await bench.UploadAsync(("a.txt", "preview"));
        var preview = await bench.JsonAsync("deploy", "--environment", "pr-123");
        Assert.Contains("-pr-123.localhost:", preview.Text("domain"), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "preview"), await bench.VisitAsync($"{preview.Text("url")}a.txt"));

        var refused = await bench.RunAsync("remove", "--environment", "pr-123");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Out));
        Assert.Equal(["SAB4019"], refused.Codes);
        Assert.Equal($"Environment pr-123, site {preview.Text("domain")}", refused.ErrorLines[0]);
        Assert.NotNull(await bench.FindEnvironmentAsync("pr-123"));

        Assert.Equal(
            $$"""{"outcome":"removed","summary":"Removed the Environment pr-123 and its site {{preview.Text(
                "domain"
            )}}","environment":"pr-123","domain":"{{preview.Text("domain")}}","removed":true}""",
            System.Text.Json.JsonSerializer.Serialize(
                await bench.JsonAsync("remove", "--environment", "pr-123", "--yes")
            )
        );
        Assert.Null(await bench.FindEnvironmentAsync("pr-123"));
        Assert.Equal((HttpStatusCode.OK, "first"), await bench.VisitAsync($"{dev.Text("url")}a.txt"));

        var again = (await bench.RunAsync("remove", "--environment", "pr-123", "--yes")).SucceededSilently();
        Assert.Equal(["The Environment pr-123 does not exist, so nothing was removed"], CliRun.Lines(again.Out));
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData("n", 1)]
    [InlineData("", 1)]
    public async Task An_interactive_terminal_prompts_for_confirmation(string answer, int exitCode)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(("a.txt", "first"));
        bench.Answer = answer;

        var run = await bench.RunAsync("remove", "--environment", "dev");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains("Permanently delete the Environment dev and its site", run.Error, StringComparison.Ordinal);
        Assert.Equal(exitCode == 0, await bench.FindEnvironmentAsync("dev") is null);
    }

    [Fact]
    public async Task An_Environment_is_not_removed_by_its_suffix()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.JsonAsync("deploy", "--environment", "preview", "--domain-suffix", "pr-1");

        Assert.False(
            (await bench.JsonAsync("remove", "--environment", "pr-1", "--yes")).GetProperty("removed").GetBoolean()
        );
        Assert.NotNull(await bench.FindEnvironmentAsync("preview"));
    }

    /// <summary>
    /// The vendor's own tools make such names; only an Environment that is to be created needs a suffix.
    /// </summary>
    [Fact]
    public async Task A_command_that_creates_no_Environment_accepts_a_long_name()
    {
        await using var bench = await Workbench.StartAsync();
        const string Name = "production-environment";
        await bench.UploadAsync(("a.txt", "first"));
        var first = await bench.JsonAsync("deploy", "--environment", Name, "--domain-suffix", "prod");
        await bench.UploadAsync(("a.txt", "second"));
        await bench.JsonAsync("deploy", "--environment", Name, "--domain-suffix", "prod");

        Assert.Equal(1, (await bench.JsonAsync("verify", "--environment", Name)).GetProperty("verified").GetInt32());
        Assert.Equal(
            first.Text("buildSid"),
            (await bench.JsonAsync("rollback", "--environment", Name)).Text("buildSid")
        );
        Assert.Equal(
            1,
            (await bench.JsonAsync("list", "--environment", Name)).GetProperty("environments").GetArrayLength()
        );
        Assert.True((await bench.JsonAsync("build", "--environment", Name)).GetProperty("reused").GetBoolean());
        Assert.True(
            (await bench.JsonAsync("remove", "--environment", Name, "--yes")).GetProperty("removed").GetBoolean()
        );
    }

    [Fact]
    public async Task The_list_reports_the_live_Build_of_each_Environment()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.DeployFunctionAsync();
        var functions = await bench.LiveBuildAsync();
        var dev = await bench.JsonAsync("deploy");
        await bench.Emulator.PostAsync(
            $"/v1/Services/{Workbench.ServiceName}/Environments",
            ("UniqueName", "empty"),
            ("DomainSuffix", "e")
        );
        var empty = (await bench.FindEnvironmentAsync("empty"))!.Value.Text("domain_name");

        var run = (await bench.RunAsync("list")).SucceededSilently();

        Assert.Equal(
            [
                $"Found 2 Environments in {dev.Text("serviceSid")}",
                $"dev  {dev.Text("url")}",
                $"live     {dev.Text("buildSid")}  1 assets, 1 functions, node22",
                $"earlier  {functions}",
                $"empty  http://{empty}/",
                "live     nothing",
            ],
            CliRun.Lines(run.Out)
        );
    }

    [Fact]
    public async Task The_list_of_one_Environment_has_its_contents()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.protected.txt", "first"));
        await bench.DeployFunctionAsync();
        var functions = await bench.LiveBuildAsync();
        var dev = await bench.JsonAsync("deploy", "--environment", "dev");
        var asset = (await bench.Emulator.GetVersionsAsync()).Single();

        var json = await bench.JsonAsync("list", "--environment", "dev");

        Assert.Equal(
            $$"""{"outcome":"listed","summary":"Found 1 Environment in {{dev.Text("serviceSid")}}","environments":[{"name":"dev","sid":"{{dev.Text("environmentSid")}}","domain":"{{dev.Text("domain")}}","url":"{{dev.Text("url")}}","buildSid":"{{dev.Text("buildSid")}}","runtime":"node22","assetCount":1,"functionCount":1,"source":null,"earlierBuilds":["{{functions}}"],"earlierSources":[],"assets":[{"path":"/a.txt","visibility":"protected","assetVersionSid":"{{asset.Text("sid")}}","assetSid":"{{asset.Text("asset_sid")}}"}],"functions":["/hello"]}]}""",
            System.Text.Json.JsonSerializer.Serialize(json)
        );
        Assert.Equal(
            [$"asset    {asset.Text("sid")}  protected  /a.txt", "function /hello"],
            CliRun.Lines((await bench.RunAsync("list", "--environment", "dev")).SucceededSilently().Out).TakeLast(2)
        );
        Assert.Equal(["SAB4013"], (await bench.RunAsync("list", "--environment", "none")).Codes);
    }
}
