namespace Serverless.Assets.Cli.Tests;

/// <summary><c>serverless-assets.json</c>: settings that need not be typed.</summary>
public sealed class ConfigFileTests
{
    [Fact]
    public async Task The_configuration_file_is_found_in_the_project_and_maps_files_to_paths()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("dist/a.txt", "first");
        bench.Write("dist/a.map", "left out of all");
        bench.Write("prompts/hold.mp3", "music");
        bench.Write("prompts/notes.txt", "not wanted");
        bench.Write("legal/robots.txt", "robots");
        bench.Write("legal/names.xyz", "names");
        WriteConfig(
            bench,
            $$"""
            // what is always the same
            {
              "$schema": "../schema.json",
              "serviceName": "site", "createService": true, /* made at first */
              "apiBaseUrl": "{{bench.Emulator.Url}}", "uploadBaseUrl": "{{bench.Emulator.Url}}",
              "folders": [
                "dist",
                { "folder": "prompts", "patterns": ["**/*.mp3"], "pathPrefix": "/audio", "visibility": "PROTECTED" },
              ],
              "files": [
                { "file": "legal/robots.txt", "assetPath": "/robots.txt" },
                { "file": "legal/names.xyz", "visibility": "private", "contentType": "text/x-names", "pathPrefix": "/data" }
              ],
              "excludePatterns": ["**/*.map"],
              "manifest": "out/m.json",
              "statePath": "kept",
            }
            """
        );

        (await bench.RunExactlyAsync("upload", "--project", bench.Project, "--quiet")).SucceededSilently();

        Assert.Equal(
            [
                "/a.txt public first",
                "/audio/hold.mp3 protected music",
                "/data/names.xyz private names",
                "/robots.txt public robots",
            ],
            await bench.Emulator.DescribeContentsAsync()
        );
        Assert.Contains(
            "\"contentType\": \"text/x-names",
            File.ReadAllText(bench.PathOf("out/m.json")),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(bench.PathOf("kept/uploads.journal")));
    }

    [Fact]
    public async Task The_command_line_goes_before_it_and_it_before_the_environment()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Environment["TWILIO_REGION"] = "not a region";
        bench.Write("dist/a.txt", "first");
        bench.Write("web/b.txt", "second");
        WriteConfig(
            bench,
            """{ "folders": ["dist"], "pathPrefix": "/of-file", "visibility": "private", "region": "us1", "serviceName": "not a name", "timeout": 0 }"""
        );

        (await bench.RunAsync("upload", "--quiet", "--timeout", "60", "--path-prefix", "/of-line")).SucceededSilently();
        Assert.Equal(["/of-line/a.txt private first"], await bench.Emulator.DescribeContentsAsync());

        (
            await bench.RunAsync("upload", "--quiet", "--timeout", "60", "--visibility", "public", "web")
        ).SucceededSilently();
        Assert.Equal(
            ["/of-file/b.txt public second", "/of-line/a.txt private first"],
            await bench.Emulator.DescribeContentsAsync()
        );

        Assert.Equal(["SAB1009"], (await bench.RunAsync("upload", "--quiet")).Codes); // its timeout
    }

    [Fact]
    public async Task An_option_applies_to_all_folders_of_it()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("x/a.txt", "a");
        bench.Write("y/b.txt", "b");
        WriteConfig(bench, """{ "folders": [{ "folder": "x", "pathPrefix": "/x" }, "y"], "pathPrefix": "/all" }""");

        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        Assert.Equal(["/all/b.txt public b", "/x/a.txt public a"], await bench.Emulator.DescribeContentsAsync());

        var plan = (await bench.RunAsync("plan", "--json", "--path-prefix", "/line")).SucceededSilently();
        Assert.Equal(
            ["/line/a.txt", "/line/b.txt"],
            plan.Json.GetProperty("assets").EnumerateArray().Select(asset => asset.Text("path"))
        );
    }

    [Fact]
    public async Task Paths_of_a_file_elsewhere_are_relative_to_it()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("sub/dist/a.txt", "first");
        bench.Write("sub/settings.json", """{ "folders": ["dist"], "manifest": "m.json" }""");

        (await bench.RunAsync("upload", "--quiet", "--config", "site/sub/settings.json")).SucceededSilently(); // relative to the current folder

        Assert.Equal(["/a.txt public first"], await bench.Emulator.DescribeContentsAsync());
        Assert.True(File.Exists(bench.PathOf("sub/m.json")));
    }

    [Theory]
    [InlineData("serverless-assets.json", "serverless-assets.json")]
    [InlineData("settings.json", "site/settings.json")]
    public async Task It_is_never_an_asset(string name, string config)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("a.txt", "first");
        bench.Write(name, """{ "folders": ["."] }""");

        (
            await bench.RunAsync("upload", name == config ? ["--quiet"] : ["--quiet", "--config", config])
        ).SucceededSilently();

        Assert.Equal(["/a.txt public first"], await bench.Emulator.DescribeContentsAsync());
    }

    [Fact]
    public async Task Every_command_reads_it()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        WriteConfig(
            bench,
            $$"""{ "serviceName": "site", "createService": true, "environment": "stage", "apiBaseUrl": "{{bench.Emulator.Url}}", "uploadBaseUrl": "{{bench.Emulator.Url}}" }"""
        );

        foreach (var command in new[] { "plan", "upload", "build", "deploy", "verify", "list", "prune" })
        {
            var run = await bench.RunExactlyAsync([
                command,
                "--project",
                bench.Project,
                "--quiet",
                .. command == "prune" ? ["--yes"] : Array.Empty<string>(),
            ]);
            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
        }

        Assert.Equal(["/a.txt"], await bench.LivePathsAsync("stage"));
        Assert.Equal(2, (await bench.RunExactlyAsync("remove", "--project", bench.Project, "--yes")).ExitCode); // an Environment to delete must be named on the command line
    }

    [Fact]
    public async Task A_warning_can_be_silenced_in_it()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/appsettings.json", "{}");
        WriteConfig(bench, """{ "noWarn": ["sab2016"] }""");

        (await bench.RunAsync("plan")).SucceededSilently();
    }

    [Fact]
    public async Task All_configuration_errors_are_reported_together_with_line_numbers()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");
        var file = WriteConfig(
            bench,
            """
            {
              "servicName": "site",
              "maxConcurrency": "8",
              "folders": [ 7,
                { "foldr": "x" }, { "patterns": [] } ],
              "visibility": "secret",
              "apiSecret": "kept-to-itself-7f3a",
              "Auth_Token": { "value": "kept-to-itself-7f3a" },
              "verify": null,
              "patterns": "**/*",
              "allow": [1, "x"],
              "timeout": 5, "timeout": 6,
              "somethingElse": [[1], {}],
              "timeOut": 1.5,
              "ServerlessAssetsRegion": "us1",
              "requestTimeout": 1.5,
              "olderThan": "2 weeks"
            }
            """.ReplaceLineEndings("\n")
        );

        var run = await bench.RunAsync("upload");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(
            [
                $"(2): error SAB1025: Unknown key 'servicName' in '{file}' (line 2). Did you mean 'serviceName'?",
                $"(3): error SAB1026: 'maxConcurrency' in '{file}' (line 3) is not valid: expected a whole number of at least 0, found a string.",
                $"(4): error SAB1026: 'folders[0]' in '{file}' (line 4) is not valid: expected a string or an object with the key folder, found a number.",
                $"(5): error SAB1025: Unknown key 'folders[1].foldr' in '{file}' (line 5). Did you mean 'folder'?",
                $"(5): error SAB1026: 'folders[2]' in '{file}' (line 5) is not valid: expected an object with the key folder, found an object without it.",
                $"(6): error SAB1026: 'visibility' in '{file}' (line 6) is not valid: expected public, protected or private, found 'secret'.",
                $"(7): error SAB1027: 'apiSecret' in '{file}' (line 7) looks like a credential, which must not be in a config file. Remove it, and set TWILIO_API_KEY and TWILIO_API_SECRET in the environment, or use .NET user secrets (userSecretsId) or a Twilio CLI profile (profile). If the file was shared, revoke the key.",
                $"(8): error SAB1027: 'Auth_Token' in '{file}' (line 8) looks like a credential, which must not be in a config file. Remove it, and set TWILIO_API_KEY and TWILIO_API_SECRET in the environment, or use .NET user secrets (userSecretsId) or a Twilio CLI profile (profile). If the file was shared, revoke the key.",
                $"(9): error SAB1026: 'verify' in '{file}' (line 9) is not valid: expected true or false, found null.",
                $"(10): error SAB1026: 'patterns' in '{file}' (line 10) is not valid: expected a list of strings, found a string.",
                $"(11): error SAB1026: 'allow' in '{file}' (line 11) is not valid: expected a list of strings, found a number.",
                $"(12): error SAB1028: Duplicate key 'timeout' in '{file}' (line 12). Remove one of them.",
                $"(13): error SAB1025: Unknown key 'somethingElse' in '{file}' (line 13). Remove it. The keys are the names of the options in camelCase, such as serviceName.",
                $"(14): error SAB1025: Unknown key 'timeOut' in '{file}' (line 14). Did you mean 'timeout'?",
                $"(15): error SAB1025: Unknown key 'ServerlessAssetsRegion' in '{file}' (line 15). Did you mean 'region'?",
                $"(16): error SAB1026: 'requestTimeout' in '{file}' (line 16) is not valid: expected a whole number from 1 to 2592000, found 1.5.",
                $"(17): error SAB1026: 'olderThan' in '{file}' (line 17) is not valid: expected a number of days or hours, such as 14d or 36h, of at most 3650 days, found '2 weeks'.",
            ],
            run.ErrorLines.Select(line => line[file.Length..].Split(" https://")[0])
        );
        Assert.DoesNotContain(Workbench.Secret, run.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Theory]
    [InlineData("", "it is not valid JSON (line 1)")]
    [InlineData("{\n  \"serviceName\": \"site\"\n", "it is not valid JSON (line 3)")]
    [InlineData("{\n  \"serviceName\": kept-to-itself-7f3a\n}", "it is not valid JSON (line 2)")]
    [InlineData("{} {}", "it is not valid JSON (line 1)")]
    [InlineData("\n[]", "it is not a JSON object (line 2)")]
    [InlineData("{\n \"serviceName\": \"\\ud800\"}", "it contains text that is not valid Unicode (line 2)")]
    [InlineData("{\n\n \"\\ud800\": 1}", "it contains text that is not valid Unicode (line 3)")]
    [InlineData("{\"folders\":\n[\"\\ud800\"]}", "it contains text that is not valid Unicode (line 2)")]
    [InlineData("{\"patterns\":\n[\"\\ud800\"]}", "it contains text that is not valid Unicode (line 2)")]
    [InlineData("{\"visibility\":\n\"\\ud800\"}", "it contains text that is not valid Unicode (line 2)")]
    public async Task Invalid_JSON_content_is_an_error_that_does_not_quote_it(string json, string reason)
    {
        await using var bench = await Workbench.StartAsync();
        var file = WriteConfig(bench, json);

        var run = await bench.RunAsync("upload");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Contains(
            $"error SAB1024: The config file '{file}' can't be read: {reason}. Correct it",
            Assert.Single(run.ErrorLines),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(Workbench.Secret, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_is_an_error_with_its_line()
    {
        await using var bench = await Workbench.StartAsync();
        var file = WriteConfig(bench, "");
        File.WriteAllBytes(file, [.. "{\n\"serviceName\": \""u8, 0xFF, .. "\"}"u8]);

        Assert.Contains(
            $"error SAB1024: The config file '{file}' can't be read: it contains text that is not valid Unicode (line 2).",
            Assert.Single((await bench.RunAsync("upload")).ErrorLines),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{ "folders": ["assets", ""] }""", "'folders[1]'", "expected a path, found an empty string")]
    [InlineData(
        """{ "folders": [{ "folder": "" }] }""",
        "'folders[0].folder'",
        "expected a path, found an empty string"
    )]
    [InlineData("""{ "files": [""] }""", "'files[0]'", "expected a path, found an empty string")]
    [InlineData("""{ "files": [{ "file": "" }] }""", "'files[0].file'", "expected a path, found an empty string")]
    [InlineData("""{ "files": ["a\u0000"] }""", "'files[0]'", "expected a path, found a null character")]
    [InlineData(
        """{ "manifest": "m.json\n" }""",
        "'manifest'",
        "expected a path, found a line break or another control character"
    )]
    [InlineData(
        """{ "statePath": "\tstate" }""",
        "'statePath'",
        "expected a path, found a line break or another control character"
    )]
    [InlineData(
        """{ "patterns": ["x", "a;b/**"] }""",
        "'patterns[1]'",
        "expected one entry, without semicolons and line breaks, found 'a;b/**'"
    )]
    [InlineData(
        """{ "folders": [{ "folder": "x", "excludePatterns": ["a\nb"] }] }""",
        "'folders[0].excludePatterns[0]'",
        "expected one entry, without semicolons and line breaks, found 'a\\u000ab'"
    )]
    [InlineData(
        """{ "noWarn": ["SAB2016", "SAB2O16"] }""",
        "'noWarn[1]'",
        "expected the code of a warning, such as SAB2016, found 'SAB2O16'"
    )]
    [InlineData(
        """{ "visibility": "kept-to-itself-kept-to-itself" }""",
        "'visibility'",
        "expected public, protected or private, found '(29 characters)'"
    )]
    public async Task A_value_that_would_have_another_meaning_is_an_error(string json, string key, string reason)
    {
        await using var bench = await Workbench.StartAsync();
        var file = WriteConfig(bench, json);

        var run = await bench.RunAsync("plan");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"error SAB1026: {key} in '{file}' (line 1) is not valid: {reason}.",
            Assert.Single(run.ErrorLines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_empty_path_of_a_setting_stands_for_its_default()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");
        WriteConfig(bench, """{ "manifest": "", "patterns": ["**/* ", ""] }""");

        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();

        Assert.True(File.Exists(bench.ManifestPath));
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("dist/a.txt", "first");
        WriteConfig(bench, "\uFEFF{ \"folders\": [\"dist\"] }");

        (await bench.RunAsync("plan", "--quiet")).SucceededSilently();
    }

    [Fact]
    public async Task A_specified_configuration_file_must_exist()
    {
        await using var bench = await Workbench.StartAsync();

        Assert.Equal(
            (1, "SAB1024"),
            (await bench.RunAsync("plan", "--config", "gone.json")) is var run
                ? (run.ExitCode, Assert.Single(run.Codes))
                : default
        );
    }

    [Fact]
    public async Task A_profile_of_the_Twilio_CLI_gives_the_credentials()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt", "first");
        bench.Write(
            "home/.twilio-cli/config.json",
            $$"""{ "profiles": { "other": {}, "work": { "apiKey": "{{Workbench.User}}", "apiSecret": "{{Workbench.Secret}}" } }, "activeProject": "other" }"""
        );
        bench.Environment.Clear();
        bench.Environment["HOME"] = bench.PathOf("home");

        Assert.Equal(["SAB1022"], (await bench.RunAsync("plan")).Codes); // the active one has none
        var run = await bench.RunAsync("upload", "--profile", "work", "--verbosity", "Diagnostic");
        WriteConfig(bench, """{ "profile": "work" }""");
        Assert.Equal(0, (await bench.RunAsync("plan")).ExitCode);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(Workbench.Secret, run.Out + run.Error, StringComparison.Ordinal);
        Assert.Equal(["/a.txt public first"], await bench.Emulator.DescribeContentsAsync());
    }

    private static string WriteConfig(Workbench bench, string json) => bench.Write("serverless-assets.json", json);
}
