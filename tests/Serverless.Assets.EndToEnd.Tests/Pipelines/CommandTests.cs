using System.Net;
using System.Net.Sockets;
using Serverless.Assets.EndToEnd.Tests.Pipelines.Support;

namespace Serverless.Assets.EndToEnd.Tests.Pipelines;

/// <summary>The commands of the templates, with build/github/run.sh itself.</summary>
public sealed class CommandTests(PackageFeed feed, ToolFeed tool) : PipelineTest(feed, tool)
{
    [Fact]
    public async Task Each_tool_command_does_its_work_and_writes_a_summary()
    {
        var emulator = await StartServiceAsync();
        CheckOut(("site/a.txt", "one"), ("site/b.md", "two"));
        Dictionary<string, string> site = new()
        {
            ["folders"] = "site\n",
            ["patterns"] = "**/*.txt;**/*.md",
            ["exclude-patterns"] = "**/*.md",
            ["path-prefix"] = "/web",
            ["max-concurrency"] = "2",
        };

        var (_, summary) = await RunAsync(emulator, "plan", site);
        Assert.Matches(
            @"🔍 \*\*1 of 1 file would be uploaded to ZS\w{32} \(3 B\); nothing is live in dev\*\*\n",
            summary
        );
        Assert.Contains("| new | `/web/a.txt` | public | 3 B | `site/a.txt` |", summary, StringComparison.Ordinal);
        Assert.Equal(0, await emulator.CountVersionsAsync());

        (var outputs, summary) = await RunAsync(emulator, "upload", site);
        Assert.Matches(@"✅ \*\*Uploaded 1 file \(3 B\) to ZS\w{32} in [0-9.]+ s, 0 unchanged\*\*\n", summary);
        Assert.Equal("1", outputs["uploaded"]);
        Assert.DoesNotContain("url", outputs.Keys);

        (outputs, summary) = await RunAsync(emulator, "build", site);
        Assert.Contains(
            $"✅ **Created Build {outputs["build-sid"]} (1 asset, 0 functions)**\n",
            summary,
            StringComparison.Ordinal
        );
        Assert.Equal("0", outputs["uploaded"]);
        Assert.Empty(await EnvironmentsOf(emulator));

        (outputs, _) = await RunAsync(emulator, "deploy", site);
        var first = outputs["build-sid"];
        Assert.Equal("200 one", await emulator.VisitAsync(outputs["domain"], "/web/a.txt"));
        Write("site/a.txt", "changed");
        (outputs, _) = await RunAsync(emulator, "deploy", site);
        Assert.Equal("200 changed", await emulator.VisitAsync(outputs["domain"], "/web/a.txt"));

        (_, summary) = await RunAsync(emulator, "verify", site);
        Assert.Contains("✅ **Verified 1 asset in dev**: <http://", summary, StringComparison.Ordinal);

        site["rollback-to"] = first;
        (outputs, summary) = await RunAsync(emulator, "rollback", site);
        Assert.Equal(
            (first, "200 one"),
            (outputs["build-sid"], await emulator.VisitAsync(outputs["domain"], "/web/a.txt"))
        );
        Assert.Contains($"✅ **Rolled back dev to {first} (was ", summary, StringComparison.Ordinal);

        (_, summary) = await RunAsync(emulator, "prune", site);
        Assert.Contains("✅ **Found no unused Assets**\n", summary, StringComparison.Ordinal);
        (_, summary) = await RunAsync(emulator, "remove", new() { ["environment"] = "none" });
        Assert.Contains(
            "✅ **The Environment none does not exist, so nothing was removed**\n",
            summary,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Commands_on_a_project_find_the_manifest_of_each_other()
    {
        var emulator = await StartServiceAsync();
        CheckOut(
            (
                "Site.csproj",
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup><PackageReference Include="Serverless.Assets.Build" Version="{Feed.Version}" PrivateAssets="all" /></ItemGroup>
                </Project>
                """
            ),
            ("assets/a.txt", "one")
        );
        Dictionary<string, string> site = new() { ["project"] = "Site.csproj", ["other-assets"] = "Remove" };
        var (_, summary) = await RunAsync(emulator, "plan", site);
        Assert.StartsWith(
            "### Serverless assets: Site\n\n🔍 **1 of 1 file would be uploaded to ",
            summary,
            StringComparison.Ordinal
        );
        (var outputs, _) = await RunAsync(emulator, "upload", site);
        Assert.Equal(PathOf("bin/Release/net10.0/serverless-assets.manifest.json"), outputs["manifest"]);
        site["use-manifest"] = "true";
        (outputs, _) = await RunAsync(emulator, "deploy", site);
        Assert.Equal("200 one", await emulator.VisitAsync(outputs["domain"], "/a.txt"));
        Assert.DoesNotContain("uploaded", outputs.Keys);
        (_, summary) = await RunAsync(emulator, "verify", site);
        Assert.Contains("✅ **Verified 1 asset in dev**: <http://", summary, StringComparison.Ordinal);

        // The tool does what the package has no target for.
        (outputs, _) = await RunAsync(
            emulator,
            "promote",
            new()
            {
                ["project"] = "Site.csproj",
                ["from"] = "dev",
                ["environment"] = "production",
            }
        );
        Assert.Equal((await emulator.GetLiveAsync()).Build, (await emulator.GetLiveAsync("production")).Build);
    }

    [Fact]
    public async Task A_line_of_the_folders_is_a_folder_and_never_an_option()
    {
        var emulator = await StartServiceAsync();
        CheckOut(("--allow=*/a.txt", "one"), ("-q/b.txt", "two"));

        var (outputs, _) = await RunAsync(emulator, "upload", new() { ["folders"] = "--allow=*\n-q\n" });

        Assert.Equal("2", outputs["uploaded"]);
    }

    /// <summary>Canceling a job interrupts only the shell: the program must still shut down properly.</summary>
    [Fact]
    public async Task A_cancelled_job_ends_the_program_in_order()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        CheckOut(("assets/a.txt", "one"));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var environment = Variables("upload", $"http://{listener.LocalEndpoint}", new() { ["timeout"] = "60" }); // should it be left alone
        using var process = Shell.Start(
            Workspace,
            environment,
            Path.Combine(GitHubRunner.ActionFolder, "run.sh"),
            "run"
        );
        using (await listener.AcceptTcpClientAsync(Token)) // a service that never responds
        {
            await process.SignalAsync("TERM");
            Assert.Equal(130, await process.WaitForExitAsync()); // a program that still runs would keep the log open
        }

        Assert.Contains(
            "🛑 **Canceled; nothing was deployed**",
            await File.ReadAllTextAsync(environment["GITHUB_STEP_SUMMARY"], Token),
            StringComparison.Ordinal
        );
        Assert.Contains("::endgroup::\n", (await process.EndAsync()).Out, StringComparison.Ordinal);
    }

    private async Task<(Dictionary<string, string> Outputs, string Summary)> RunAsync(
        TestEmulator emulator,
        string command,
        Dictionary<string, string> inputs
    )
    {
        var environment = Variables(command, emulator.Url, inputs);
        var (exitCode, log) = await Shell.RunAsync(
            Workspace,
            environment,
            Path.Combine(GitHubRunner.ActionFolder, "run.sh"),
            "run"
        );
        Assert.True(exitCode == 0, log);
        var outputs = new Dictionary<string, string>();
        foreach (var line in await File.ReadAllLinesAsync(environment["GITHUB_OUTPUT"], Token))
        {
            outputs[line.Split('=')[0]] = line.Split('=', 2)[1];
        }

        return (outputs, await File.ReadAllTextAsync(environment["GITHUB_STEP_SUMMARY"], Token));
    }

    private Dictionary<string, string> Variables(string command, string url, Dictionary<string, string> inputs)
    {
        var files = Elsewhere($"{Guid.NewGuid()}");
        Tool.ProvideTool(GitHubRunner.ActionFolder, Path.Combine(Elsewhere("temp"), "serverless-assets-tool"));
        var variables = new Dictionary<string, string>
        {
            ["GITHUB_ACTION_PATH"] = GitHubRunner.ActionFolder,
            ["GITHUB_RUN_ID"] = "1",
            ["GITHUB_RUN_ATTEMPT"] = "1",
            ["GITHUB_OUTPUT"] = Path.Combine(files, "outputs"),
            ["GITHUB_STEP_SUMMARY"] = Path.Combine(files, "summary.md"),
            ["RUNNER_TEMP"] = Elsewhere("temp"),
            ["TWILIO_API_KEY"] = User,
            ["TWILIO_API_SECRET"] = Secret,
        };
        foreach (
            var (name, value) in inputs
                .Prepend(new("service-name", ServiceName))
                .Prepend(new("command", command))
                .Append(new("api-base-url", url))
                .Append(new("upload-base-url", url))
                .Append(new("tool-version", Tool.Version))
        )
        {
            variables[$"ASSETS_INPUT_{name.ToUpperInvariant().Replace('-', '_')}"] = value;
        }

        return variables;
    }
}
