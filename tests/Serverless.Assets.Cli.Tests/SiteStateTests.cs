namespace Serverless.Assets.Cli.Tests;

/// <summary>The commands with <c>--state-store site</c>.</summary>
public sealed class SiteStateTests
{
    [Fact]
    public async Task Another_machine_uploads_nothing_and_the_list_has_the_commit()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Environment["GITHUB_SHA"] = "c0ffee";
        bench.Environment["GITHUB_REF_NAME"] = "main";
        await DeployAsync(bench, "first");
        bench.Environment["GITHUB_SHA"] = "decaf";
        await DeployAsync(bench, "second");

        var plan = await bench.JsonAsync("plan", "--state-store", "site", "--state-path", "empty");
        var list = await bench.RunAsync("list");

        Assert.Equal(0, plan.GetProperty("toUpload").GetInt32());
        Assert.Matches(
            """
            (?m)^dev  http://.+
              live     ZB\w{32}  1 assets, 0 functions, node22
                       decaf  main  20\d\d-\d\d-\d\d \d\d:\d\d UTC
              earlier  ZB\w{32}
                       c0ffee  main  20\d\d-\d\d-\d\d \d\d:\d\d UTC
            """.ReplaceLineEndings(Environment.NewLine),
            list.SucceededSilently().Out
        );
        var json = (await bench.JsonAsync("list")).GetProperty("environments")[0];
        Assert.Equal(json.Text("buildSid"), json.GetProperty("source").Text("buildSid"));
        Assert.Equal("decaf", json.GetProperty("source").Text("commit"));
        Assert.Equal(
            json.GetProperty("earlierBuilds")[0].GetString(),
            Assert.Single(json.GetProperty("earlierSources").EnumerateArray()).Text("buildSid")
        );
    }

    [Fact]
    public async Task A_commit_can_not_forge_lines_of_the_list()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Environment["GITHUB_SHA"] = "c0ffee\n::error::forged";
        await DeployAsync(bench, "first");

        var list = (await bench.RunAsync("list")).SucceededSilently();

        Assert.DoesNotContain(CliRun.Lines(list.Out), line => line.StartsWith("::", StringComparison.Ordinal));
    }

    private static async Task DeployAsync(Workbench bench, string content)
    {
        bench.Write("assets/a.txt", content);
        (await bench.RunAsync("upload", "--quiet", "--state-store", "site")).SucceededSilently();
        await bench.JsonAsync("deploy", "--state-store", "site");
    }
}
