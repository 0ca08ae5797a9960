using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Tests;

public sealed class UsageTests
{
    private static readonly string[] Commands =
    [
        "plan",
        "upload",
        "build",
        "deploy",
        "verify",
        "rollback",
        "promote",
        "list",
        "prune",
        "remove",
        "merge",
        "versions",
        "versions create",
        "versions get",
        "versions list",
    ];

    public static TheoryData<string, string[]> BadUsage =>
        new()
        {
            { "no command", [] },
            { "an unknown command", ["uplaod"] },
            { "an unknown option", ["upload", "--servce-name", "site"] },
            { "an unknown option without a command", ["--servce-name"] },
            { "an unknown short option", ["upload", "-x"] },
            { "an option-like folder", ["upload", "assets", "--", "-folder"] },
            { "an empty folder, such as an unset variable leaves", ["upload", ""] },
            { "a missing value at the end", ["upload", "--service-name"] },
            { "a missing value before an option", ["upload", "--service-name", "--create-service"] },
            { "a missing value before a misspelt option", ["upload", "--service-name", "--creat-service"] },
            { "a misspelt option after patterns", ["upload", "--patterns", "**/*.css", "--excldue-patterns", "x"] },
            { "a misspelt option after allow", ["plan", "--allow", "a.pem", "--jsn"] },
            { "a bad number", ["upload", "--max-concurrency", "many"] },
            { "a number too large", ["upload", "--timeout", "99999999999"] },
            { "a fraction", ["upload", "--request-timeout", "1.5"] },
            { "a bad verbosity", ["plan", "-v", "loud"] },
            { "a verbosity by number", ["plan", "-v", "3"] },
            { "a bad switch", ["plan", "--visibility-from-file-name", "perhaps"] },
            { "a promotion from nowhere", ["promote", "--environment", "prod"] },
            { "a promotion to nowhere", ["promote", "--from", "dev"] },
            { "a promotion to an empty name", ["promote", "--from", "dev", "--environment", ""] },
            { "a removal of no named Environment", ["remove", "--yes"] },
            { "a removal of an empty name", ["remove", "--yes", "--environment", ""] },
            { "an empty Build, such as an unset variable leaves", ["rollback", "--build", ""] },
            { "nothing to merge", ["merge"] },
            { "an empty manifest to merge", ["merge", "a.json", ""] },
            { "something that is no code of a warning", ["plan", "--no-warn", "SAB2016;everything"] },
            { "an option given twice", ["plan", "--service-name", "a", "--service-name", "b"] },
            { "an operation on versions that is not named", ["versions"] },
            { "an unknown operation on versions", ["versions", "delete"] },
            { "an unknown flag of the emulator", ["emulator", "--prot", "1"] },
            { "a bad port", ["emulator", "--port", "http"] },
        };

    [Theory]
    [MemberData(nameof(BadUsage))]
    public async Task Invalid_usage_exits_with_2_and_reports_the_reason_on_standard_error(string what, string[] args)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/a.txt");
        args = args is ["upload" or "plan", ..]
            ?
            [
                .. bench
                    .Arguments(args[0])
                    .Where(arg =>
                        !args.Contains("--service-name") || arg is not ("--service-name" or Workbench.ServiceName)
                    ),
                .. args[1..],
            ]
            : args;

        var run = await bench.RunExactlyAsync(args);

        Assert.True(run.ExitCode == 2, $"{what}: exit code {run.ExitCode}, {run.Error}");
        Assert.Equal("", run.Out);
        Assert.NotEqual("", run.Error);
        Assert.DoesNotContain("error SAB", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Serverless.Assets.", run.Error, StringComparison.Ordinal);
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    /// <summary>In a pipeline, a value may be an arbitrary branch name.</summary>
    [Theory]
    [InlineData("--other-assets", "Kee\n::error::x")]
    [InlineData("--visibility", "##vso[task.complete result=Succeeded]")]
    [InlineData("--no-warn", "\u001b[2Jx")]
    [InlineData("--servce\n::error::x", "y")]
    public async Task A_rejected_value_is_not_a_command_to_a_CI_system_or_terminal(string option, string value)
    {
        await using var bench = await Workbench.StartAsync();

        var run = await bench.RunExactlyAsync("plan", option, value);

        Assert.NotEqual(0, run.ExitCode);
        Assert.DoesNotMatch(@"(?m)^\s*::|##|\u001b", run.Error);
    }

    [Fact]
    public async Task Invalid_usage_reports_how_to_get_help()
    {
        await using var bench = await Workbench.StartAsync();

        Assert.Equal(
            "Try: serverless-assets upload --help",
            (await bench.RunExactlyAsync("upload", "--bogus")).ErrorLines[^1]
        );
        Assert.Equal(
            "Try: serverless-assets versions list --help",
            (await bench.RunExactlyAsync("versions", "list", "--bogus")).ErrorLines[^1]
        );
        Assert.Equal("Try: serverless-assets --help", (await bench.RunExactlyAsync("bogus")).ErrorLines[^1]);
    }

    [Theory]
    [InlineData("Unrecognized option '-folder'. For a folder of that name, use ./-folder.", "upload", "--", "-folder")]
    [InlineData(
        "Unrecognized option '--manifst'. For a manifest of that name, use ./--manifst.",
        "merge",
        "--manifst",
        "x.json"
    )]
    [InlineData(
        "Unrecognized option '--bogus'. For a file of that name, use ./--bogus.",
        "versions",
        "create",
        "--bogus",
        "--asset",
        "/a"
    )]
    [InlineData("Unrecognized option '--bogus'.", "versions", "get", "--bogus", "--asset", "/a")]
    [InlineData(
        "Unrecognized option '--auth-token' where --asset takes a value.",
        "versions",
        "list",
        "--asset",
        "--auth-token=not-to-be-shown"
    )]
    [InlineData("Unrecognized option '--api-secret'.", "upload", "--api-secret=not-to-be-shown")]
    [InlineData(
        "Unrecognized option '--auth-token' where --service-name takes a value.",
        "upload",
        "--service-name",
        "--auth-token=not-to-be-shown"
    )]
    [InlineData("Unrecognized command or argument '--api-secret'.", "deploy", "--api-secret=not-to-be-shown")]
    [InlineData("Unrecognized command or argument '--api-secret'.", "--api-secret=not-to-be-shown")]
    [InlineData("Unrecognized option '--foo'.", "completion", "--foo")]
    [InlineData(
        "folders '' is not valid: expected paths of folders, or none to use the project's assets or static folder.",
        "upload",
        ""
    )]
    [InlineData("manifests '' is not valid: expected paths of manifests.", "merge", "a.json", "")]
    [InlineData("--build '' is not valid: expected the SID of a Build.", "rollback", "--build", "")]
    [InlineData(
        "--environment '' is not valid: expected the name of an Environment.",
        "remove",
        "--yes",
        "--environment",
        ""
    )]
    public async Task An_error_names_the_option_and_the_remedy(string error, params string[] args)
    {
        await using var bench = await Workbench.StartAsync();

        var run = await bench.RunExactlyAsync(args);

        Assert.Contains(error, run.ErrorLines);
        Assert.DoesNotContain("not-to-be-shown", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelt_option_is_named()
    {
        await using var bench = await Workbench.StartAsync();

        Assert.Contains(
            "--servce-name",
            (await bench.RunExactlyAsync("upload", "--servce-name", "site")).Error,
            StringComparison.Ordinal
        );
    }

    public static TheoryData<string> EachCommand => [.. Commands];

    [Theory]
    [MemberData(nameof(EachCommand))]
    public async Task The_help_of_a_command_lists_all_its_options_and_an_example_that_parses(string command)
    {
        await using var bench = await Workbench.StartAsync();

        var help = (await bench.RunExactlyAsync([.. command.Split(' '), "--help"])).SucceededSilently().Out;

        var listed = help.Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        Assert.All(OptionsOf(command), option => Assert.Contains(option, listed));
        var examples = CliRun.Lines(help).SkipWhile(line => line != "Examples:").Skip(1).ToList();
        Assert.NotEmpty(examples);
        Assert.All(
            examples,
            example =>
            {
                var words = example.Split(" | ")[0].Split(' ').Select(word => word.Trim('\'')).ToList();
                Assert.Equal($"serverless-assets {command}".Split(' '), words.Take(1 + command.Split(' ').Length));
                Assert.Empty(CliApplication.CreateRoot(Workbench.NoConsole).Parse(words.Skip(1).ToList()).Errors);
            }
        );
    }

    [Fact]
    public async Task The_help_lists_the_commands()
    {
        await using var bench = await Workbench.StartAsync();

        var help = (await bench.RunExactlyAsync("--help")).SucceededSilently().Out;

        Assert.All(
            [.. TopCommands, "emulator", "completion", "--version", "Examples:"],
            word => Assert.Contains(word, help, StringComparison.Ordinal)
        );
        Assert.Equal(
            TopCommands.Concat(["emulator", "completion"]).Order(StringComparer.Ordinal),
            CliApplication
                .CreateRoot(Workbench.NoConsole)
                .Subcommands.Select(command => command.Name)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_help_of_the_emulator_lists_its_own_options()
    {
        await using var bench = await Workbench.StartAsync();

        var help = (await bench.RunExactlyAsync("emulator", "--help")).SucceededSilently().Out;

        Assert.All(
            ["--port", "--data", "--credentials", "--latency-ms"],
            word => Assert.Contains(word, help, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_version_is_that_of_the_product()
    {
        await using var bench = await Workbench.StartAsync();

        var run = (await bench.RunExactlyAsync("--version")).SucceededSilently();

        Assert.Equal(ProductVersion.Number, run.Out.TrimEnd().Split('+')[0]);
    }

    /// <summary>
    /// Ctrl+C is listened to when the call has returned: until then it would end the program in the middle of whatever
    /// it does.
    /// </summary>
    [Fact]
    public async Task No_work_is_done_before_Ctrl_C_is_listened_to()
    {
        using var folder = new TempFolder();
        using var returned = new ManualResetEventSlim();
        var hasReturned = false;
        var console = Workbench.NoConsole with
        {
            CurrentDirectory = folder.Path,
            ContextFactory = logger =>
            {
                hasReturned = returned.Wait(TimeSpan.FromSeconds(20), Workbench.Token);
                return new EngineContext { Logger = logger, GetEnvironmentVariable = _ => null };
            },
        };

        var run = CliApplication.RunAsync(["plan", "--service-name", "site"], console);
        returned.Set();

        Assert.Equal(1, await run);
        Assert.True(hasReturned);
    }

    private static IEnumerable<string> TopCommands => Commands.Where(command => !command.Contains(' '));

    private static IEnumerable<string> OptionsOf(string command) =>
        Workbench.Commands[command].Options.SelectMany(option => option.Aliases.Prepend(option.Name));
}
