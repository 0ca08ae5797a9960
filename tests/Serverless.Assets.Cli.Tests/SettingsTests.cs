using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

/// <summary>The settings of the Service, the credentials and the paths.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task All_problems_are_reported_together_and_nothing_is_sent()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/what?.txt");
        bench.Write("assets/id_rsa");
        bench.Environment.Clear();

        var run = await bench.RunExactlyAsync(
            "upload",
            "--project",
            bench.Project,
            "--service-sid",
            "ZX1",
            "--timeout",
            "0",
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url
        );

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB1001", "SAB1003", "SAB1009", "SAB2008", "SAB2015"], run.Codes.Order(StringComparer.Ordinal));
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    /// <summary>Such as <c>--manifest "$(cat path.txt; echo)"</c>.</summary>
    [Theory]
    [InlineData("upload", "--manifest")]
    [InlineData("upload", "--state-path")]
    [InlineData("plan", "--report")]
    [InlineData("upload", "--summary")]
    [InlineData("deploy", "--outputs")]
    [InlineData("verify", "--manifest")]
    [InlineData("rollback", "--manifest")]
    [InlineData("promote", "--report")]
    [InlineData("list", "--manifest")]
    [InlineData("prune", "--manifest")]
    [InlineData("remove", "--summary")]
    [InlineData("merge", "--manifest")]
    public async Task A_path_with_a_line_break_is_an_error_and_no_file_is_written(string command, string option)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.Emulator.ResetStatsAsync();
        string[] more = command switch
        {
            "promote" => ["--from", "staging", "--environment", "dev"],
            "remove" => ["--environment", "dev"],
            _ => [],
        };
        string[] arguments = [option, "x.json\n", .. more];

        var run = await (
            command == "merge"
                ? bench.RunExactlyAsync(["merge", bench.ManifestPath, "--project", bench.Project, .. arguments])
                : bench.RunAsync(command, arguments)
        );

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.StartsWith(
            $@"error SAB1009: {option} 'x.json\u000a' is not valid: expected a path without line breaks and other control characters.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(["SAB1009"], run.Codes);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
        Assert.DoesNotContain(
            Directory.EnumerateFileSystemEntries(bench.Project, "*", SearchOption.AllDirectories),
            path => path.Contains('\n', StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("upload")]
    public async Task Missing_credentials_name_the_variables(string command)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");
        bench.Environment.Clear();

        var run = await bench.RunAsync(command);

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB1001"], run.Codes);
        Assert.All(
            ["TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"],
            name => Assert.Contains(name, run.Error, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Paths_are_relative_to_the_project_which_is_relative_to_the_current_folder()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("web/a.txt", "first");

        var run = await bench.RunExactlyAsync(
            "upload",
            "web",
            "--project",
            "site",
            "--manifest",
            "out/m.json",
            "--state-path",
            "kept",
            "--quiet",
            "--service-name",
            "site",
            "--create-service",
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url
        );

        run.SucceededSilently();
        Assert.True(File.Exists(bench.PathOf("out/m.json")));
        Assert.True(File.Exists(bench.PathOf("kept/uploads.journal")));
        Assert.False(File.Exists(bench.ManifestPath));
        Assert.False(Directory.Exists(bench.PathOf("obj")));
        Assert.Contains(
            "\"file\": \"web/a.txt\"",
            File.ReadAllText(bench.PathOf("out/m.json")),
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// As a property of MSBuild that is empty is one that is not set: <c>--manifest "$MANIFEST"</c> in a script.
    /// </summary>
    [Fact]
    public async Task An_empty_value_is_the_default()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");

        (
            await bench.RunAsync(
                "upload",
                "--manifest",
                "",
                "--state-path",
                "",
                "--environment",
                "",
                "--region",
                "",
                "--quiet"
            )
        ).SucceededSilently();

        Assert.True(File.Exists(bench.ManifestPath));
        Assert.True(File.Exists(bench.JournalPath));
    }

    [Fact]
    public async Task The_manifest_option_also_has_the_name_of_its_property()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");

        (await bench.RunAsync("upload", "--manifest-path", "m.json", "--quiet")).SucceededSilently();

        Assert.True(File.Exists(bench.PathOf("m.json")));
    }

    [Fact]
    public async Task A_service_is_found_by_its_SID()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        var sid = (await bench.RunAsync("upload", "--json")).Json.GetProperty("serviceSid").GetString()!;
        bench.Write("assets/a.txt", "second");

        var run = await bench.RunExactlyAsync(
            "upload",
            "--json",
            "--project",
            bench.Project,
            "--service-sid",
            sid,
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url
        );

        Assert.Equal(
            (sid, 1),
            (
                run.SucceededSilently().Json.GetProperty("serviceSid").GetString(),
                run.Json.GetProperty("uploaded").GetInt32()
            )
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_ceiling_on_requests_in_flight_is_kept_and_used(int ceiling)
    {
        // Slow enough to reach the limit before the first response arrives.
        await using var bench = await Workbench.StartAsync(new EmulatorFaults { LatencyMs = 20 });
        for (var i = 0; i < 12; i++)
        {
            bench.Write($"assets/{i}.txt", $"{i}");
        }

        (await bench.RunAsync("upload", "--quiet", "--max-concurrency", $"{ceiling}")).SucceededSilently();

        Assert.Equal(ceiling, await bench.Emulator.GetMostInFlightAsync());
    }

    [Fact]
    public async Task With_other_limits_a_count_is_a_warning_in_the_terms_of_the_command_line_and_all_is_uploaded()
    {
        await using var bench = await Workbench.StartAsync();
        for (var i = 0; i < 51; i++)
        {
            bench.Write($"assets/{i}.private.txt", $"{i}");
        }

        var refused = await bench.RunAsync("upload", "--quiet");
        Assert.Equal((1, 0), (refused.ExitCode, await bench.Emulator.CountUploadsAsync()));
        Assert.Contains("error SAB2014: There are 51 private assets", refused.Error, StringComparison.Ordinal);
        Assert.Contains("different, set --service-limits Warn.", refused.Error, StringComparison.Ordinal);

        bench.Write("serverless-assets.json", """{ "serviceLimits": "Warn" }""");
        var warned = await bench.RunAsync("upload", "--quiet");

        Assert.Equal((0, 51), (warned.ExitCode, await bench.Emulator.CountUploadsAsync()));
        Assert.Equal(["SAB2014"], warned.Codes);
        Assert.Contains("warning SAB2014: There are 51 private assets", warned.Error, StringComparison.Ordinal);
    }
}
