using System.Text.Json;
using NJsonSchema;

namespace Serverless.Assets.Cli.Tests;

/// <summary>docs/cli-output.schema.json describes what each command prints with <c>--json</c>.</summary>
public sealed class OutputSchemaTests
{
    [Fact]
    public async Task Each_output_is_valid()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        bench.Write("assets/b.private.txt", "private");
        await CheckAsync(bench, "plan"); // a Service that does not exist yet
        await CheckAsync(bench, "upload");
        await CheckAsync(bench, "upload"); // nothing new
        await CheckAsync(bench, "build");
        await CheckAsync(bench, "deploy"); // into an Environment that does not exist yet
        await CheckAsync(bench, "deploy"); // live already
        await bench.DeployFunctionAsync();
        bench.Write("assets/a.txt", "second");
        bench.Write("assets/c.txt", "new");
        await CheckAsync(bench, "plan", "--other-assets", "Remove");
        await CheckAsync(bench, "upload");
        await CheckAsync(bench, "build");
        await CheckAsync(bench, "deploy", "--verify");
        await CheckAsync(bench, "verify");
        await CheckAsync(bench, "list");
        await CheckAsync(bench, "list", "--environment", "dev");
        await CheckAsync(bench, "rollback");
        await CheckAsync(bench, "promote", "--from", "dev", "--environment", "prod");
        await CheckAsync(bench, "promote", "--from", "dev", "--environment", "pr-7");
        await CheckAsync(bench, "prune", "--previews", "--older-than", "0", "--yes");
        await CheckAsync(bench, "remove", "--environment", "prod", "--yes");
        await CheckAsync(bench, "remove", "--environment", "prod", "--yes"); // already removed
        await bench.UploadAsync(("a.txt", "third"));
        await CheckAsync(bench, "prune", "--older-than", "0", "--yes");
        await CheckAsync(bench, "prune", "--older-than", "0", "--yes"); // nothing left
        await ValidateAsync(
            "merge",
            (
                await bench.RunExactlyAsync(
                    "merge",
                    bench.ManifestPath,
                    "--project",
                    bench.Project,
                    "--manifest",
                    "all.json",
                    "--json"
                )
            )
                .SucceededSilently()
                .Out
        );
        await CheckAsync(bench, "versions create", "assets/a.txt", "--asset", "/a.txt");
        await CheckAsync(bench, "versions create", "assets/a.txt", "--asset", "/new.txt");
        var listed = await CheckAsync(bench, "versions list", "--asset", "/a.txt");
        await CheckAsync(bench, "versions list", "--asset", "/a.txt", "--limit", "1");
        var version = listed.GetProperty("versions")[0].Text("assetVersionSid")!;
        await CheckAsync(bench, "versions get", version, "--asset", "/a.txt");
        File.Delete(bench.PathOf("assets/a.txt"));
        await ValidateAsync(
            "upload",
            (await bench.RunAsync("upload", "--json", "--quiet", "--no-warn", "SAB2023")).Out
        ); // no assets
    }

    [Fact]
    public async Task Each_output_with_several_Services_is_valid()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        bench.Write("assets/audio/b.txt", "b");
        string[] rules = ["--service-rules", "/audio/=audio"];
        await CheckAsync(bench, "plan", rules);
        await CheckAsync(bench, "upload", rules);
        await CheckAsync(bench, "build", rules);
        await CheckAsync(bench, "deploy", rules);
        bench.Write("assets/a.txt", "second");
        bench.Write("assets/audio/b.txt", "second");
        await CheckAsync(bench, "upload", rules);
        await CheckAsync(bench, "deploy", rules);
        await CheckAsync(bench, "verify", rules);
        await CheckAsync(bench, "list", rules);
        await CheckAsync(bench, "rollback", rules);
        await CheckAsync(bench, "promote", ["--from", "dev", "--environment", "prod", .. rules]);
        await CheckAsync(bench, "prune", ["--older-than", "0", "--yes", .. rules]);
        await CheckAsync(bench, "remove", ["--environment", "prod", "--yes", .. rules]);
    }

    [Fact]
    public async Task Each_command_with_JSON_output_has_a_schema_definition()
    {
        var commands = Workbench
            .Commands.Where(command => command.Value.Options.Any(option => option.Name == "--json"))
            .Select(command => command.Key);
        var schema = await SchemaAsync();

        Assert.Equal(
            commands.Order(StringComparer.Ordinal),
            schema
                .Definitions.Keys.Except(["assetVersion", "buildSource", "liveAsset", "outcome", "summary", "total"])
                .Order(StringComparer.Ordinal)
        );
    }

    [Theory]
    [InlineData("merge", """{ "outcome": "merged", "summary": "s", "manifest": "m", "assets": "1" }""")]
    [InlineData("merge", """{ "outcome": "merged", "summary": "s", "manifest": "m" }""")]
    [InlineData("merge", """{ "manifest": "m", "assets": 1 }""")]
    [InlineData("merge", """{ "outcome": "done", "summary": "s", "manifest": "m", "assets": 1 }""")]
    [InlineData("merge", """{ "outcome": "merged", "summary": "s", "manifest": "m", "assets": 1, "more": 2 }""")]
    [InlineData("verify", """{ "outcome": "merged", "summary": "s", "environment": null, "verified": 1 }""")]
    [InlineData(
        "prune",
        """{ "outcome": "pruned", "summary": "s", "deleted": true, "previews": [], "assets": [ { "name": "/a", "assetSid": "ZN0123456789abcdef0123456789abcdef" } ] }"""
    )]
    [InlineData(
        "versions list",
        """{ "outcome": "listed", "summary": "s", "serviceSid": "ZS0123456789abcdef0123456789abcdef", "assetSid": "ZH0123456789abcdef0123456789abcdef", "versions": [ {} ] }"""
    )]
    public async Task Another_output_is_not(string command, string json) =>
        Assert.NotEmpty((await SchemaAsync()).Definitions[command].ActualSchema.Validate(json));

    private static async Task<JsonElement> CheckAsync(Workbench bench, string command, params string[] more)
    {
        var run = await bench.RunAsync(command, ["--json", "--quiet", .. more]);
        Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
        await ValidateAsync(command, run.Out);
        return run.Json;
    }

    private static async Task ValidateAsync(string command, string json)
    {
        var errors = (await SchemaAsync()).Definitions[command].ActualSchema.Validate(json);
        Assert.True(errors.Count == 0, $"{command}: {string.Join(", ", errors)}\n{json}");
    }

    private static Task<JsonSchema> SchemaAsync() =>
        JsonSchema.FromFileAsync(Repository.PathOf("docs/cli-output.schema.json"), Workbench.Token);
}
