using System.Text.Json;

namespace Serverless.Assets.Cli.Tests;

public sealed class MergeTests
{
    [Fact]
    public async Task Manifests_of_several_projects_go_live_as_one()
    {
        await using var bench = await Workbench.StartAsync();
        await UploadAsync(bench, "web", ("b.txt", "second"), ("shared.txt", "same"));
        await UploadAsync(bench, "api", ("a.txt", "first"));

        var run = (
            await bench.RunExactlyAsync(
                "merge",
                "web.json",
                "api.json",
                "--project",
                bench.Project,
                "--manifest",
                "all.json",
                "--json"
            )
        ).SucceededSilently();

        Assert.Equal(
            $$"""{"outcome":"merged","summary":"Merged 2 manifests (3 assets) into {{bench.PathOf("all.json")}}","manifest":"{{bench.PathOf("all.json")}}","assets":3}""",
            JsonSerializer.Serialize(run.Json)
        );
        var merged = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(bench.PathOf("all.json")));
        var assets = merged.GetProperty("assets").EnumerateArray().ToList();
        Assert.Equal(["/a.txt", "/b.txt", "/shared.txt"], assets.Select(asset => asset.Text("path")));
        Assert.Equal(
            assets.Select(asset => asset.Text("assetVersionSid")),
            merged.GetProperty("assetVersions").EnumerateArray().Select(sid => sid.GetString())
        );
        await bench.JsonAsync("deploy", "--manifest", "all.json", "--verify");
        Assert.Equal(["/a.txt", "/b.txt", "/shared.txt"], await bench.LivePathsAsync());
    }

    [Fact]
    public async Task A_version_at_two_paths_is_named_and_nothing_is_written()
    {
        await using var bench = await Workbench.StartAsync();
        await UploadAsync(bench, "web", ("a.txt", "one"));
        File.WriteAllText(
            bench.PathOf("api.json"),
            File.ReadAllText(bench.PathOf("web.json")).Replace("/a.txt", "/b.txt", StringComparison.Ordinal)
        );

        var run = await bench.RunExactlyAsync(
            "merge",
            "web.json",
            "api.json",
            "--project",
            bench.Project,
            "--manifest",
            "all.json"
        );

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Matches(
            @"error SAB5007: The manifest '.*api\.json' can't be read: ZN[0-9a-f]{32} of '/b\.txt' is the version of '/a\.txt' in '.*web\.json'",
            run.Error
        );
        Assert.False(File.Exists(bench.PathOf("all.json")));
    }

    [Fact]
    public async Task Conflicts_are_named_all_of_them_and_nothing_is_written()
    {
        await using var bench = await Workbench.StartAsync();
        await UploadAsync(bench, "web", ("a.txt", "one"), ("b.txt", "one"), ("c.txt", "one"));
        await UploadAsync(bench, "api", ("a.txt", "two"), ("b.txt", "two"));

        var run = await bench.RunExactlyAsync(
            "merge",
            "web.json",
            "api.json",
            "--project",
            bench.Project,
            "--manifest",
            "all.json",
            "--json"
        );

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB5011", "SAB5011"], run.Codes);
        Assert.Contains(
            $"'{bench.PathOf("api.json")}' and '{bench.PathOf("web.json")}' both have an asset at '/a.txt'",
            run.ErrorLines[0],
            StringComparison.Ordinal
        );
        Assert.Contains("'/b.txt'", run.ErrorLines[1], StringComparison.Ordinal);
        Assert.False(File.Exists(bench.PathOf("all.json")));
    }

    /// <summary>Each page has a copy at /assets/index.html, which goes where its page goes.</summary>
    [Fact]
    public async Task Two_start_pages_are_one_conflict()
    {
        await using var bench = await Workbench.StartAsync();
        await UploadAsync(bench, "web", ("index.html", "one"));
        await UploadAsync(bench, "api", ("index.html", "two"));

        var run = await bench.RunExactlyAsync("merge", "web.json", "api.json", "--project", bench.Project);

        Assert.Equal(["SAB5011"], run.Codes);
        Assert.Contains(
            "both have an asset at '/index.html', with different versions. Give one of them another --path-prefix.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("web", "api")]
    [InlineData("api", "web")]
    public async Task A_copy_of_the_start_page_that_conflicts_is_explained(string first, string second)
    {
        await using var bench = await Workbench.StartAsync();
        await UploadAsync(bench, "web", ("index.html", "one"));
        await UploadAsync(bench, "api", ("assets/index.html", "two"));

        var run = await bench.RunExactlyAsync("merge", $"{first}.json", $"{second}.json", "--project", bench.Project);

        Assert.Equal(["SAB5011"], run.Codes);
        Assert.Contains(
            $"both have an asset at '/assets/index.html', with different versions. That of '{bench.PathOf("web.json")}' "
                + "is a copy of its /index.html: to omit it, upload with --root-index false.",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_manifest_of_another_Service_is_an_error()
    {
        await using var bench = await Workbench.StartAsync();
        await UploadAsync(bench, "web", ("a.txt", "one"));
        bench.Write("assets/b.txt", "two");
        (
            await bench.RunExactlyAsync([
                .. bench
                    .Arguments("upload", "--quiet", "--manifest", "other.json")
                    .Select(arg => arg == Workbench.ServiceName ? "other" : arg),
            ])
        ).SucceededSilently();

        var run = await bench.RunExactlyAsync("merge", "web.json", "other.json", "--project", bench.Project);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB5009"], run.Codes);
        Assert.StartsWith($"{bench.PathOf("other.json")}(1): error", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_manifest_is_an_error()
    {
        await using var bench = await Workbench.StartAsync();

        Assert.Equal(
            ["SAB5006"],
            (await bench.RunExactlyAsync("merge", "none.json", "--project", bench.Project)).Codes
        );
    }

    private static async Task UploadAsync(Workbench bench, string name, params (string File, string Content)[] files)
    {
        await bench.UploadAsync(files);
        File.Move(bench.ManifestPath, bench.PathOf($"{name}.json"));
    }
}
