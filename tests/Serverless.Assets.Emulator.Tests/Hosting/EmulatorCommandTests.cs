using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Channels;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Tests.Hosting;

public sealed class EmulatorCommandTests
{
    [Fact]
    public void Without_flags_the_defaults_hold()
    {
        var options = Parse();

        Assert.Equal(new ServerlessEmulatorOptions(), options);
        Assert.Equal(0, options.Port);
        Assert.Equal(".serverless-assets/emulator", options.DataDirectory);
    }

    [Fact]
    public void Every_flag_is_read()
    {
        var options = Parse(
            "--port",
            "5005",
            "--data",
            "there",
            "--credentials",
            "me:pass:word",
            "--auth-token",
            "token",
            "--account-sid",
            "AC00000000000000000000000000000002",
            "--until-input-closes",
            "--until-unused",
            "--latency-ms",
            "100",
            "--allowed-concurrency",
            "40",
            "--rate500",
            "0.25",
            "--fail-builds",
            "--reject-path-contains",
            "12",
            "--clock-shift-seconds",
            "-1.5"
        );

        Assert.Equal(
            new ServerlessEmulatorOptions
            {
                Port = 5005,
                DataDirectory = "there",
                Credentials = "me:pass:word",
                AuthToken = "token",
                AccountSid = "AC00000000000000000000000000000002",
                ExitWhenInputCloses = true,
                ExitWhenUnused = true,
                Faults = new EmulatorFaults
                {
                    LatencyMs = 100,
                    AllowedConcurrency = 40,
                    Rate500 = 0.25,
                    FailBuilds = true,
                    RejectPathContains = "12",
                    ClockShiftSeconds = -1.5,
                },
            },
            options
        );
    }

    [Fact]
    public void In_memory_is_an_option_of_its_own()
    {
        Assert.Equal(new ServerlessEmulatorOptions { InMemory = true }, Parse("--in-memory"));
    }

    [Theory]
    [InlineData("--port", "5005")]
    [InlineData("--port=5005")]
    [InlineData("--port:5005")]
    public void A_value_follows_a_space_an_equals_sign_or_a_colon(params string[] args)
    {
        Assert.Equal(new ServerlessEmulatorOptions { Port = 5005 }, Parse(args));
    }

    [Fact]
    public void Every_fault_setting_has_its_option()
    {
        var settings = typeof(EmulatorFaults).GetProperties(BindingFlags.Public | BindingFlags.Instance);

        Assert.Equal(
            settings.Select(property => "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(property.Name)),
            FaultSettings.All.Select(fault => fault.CreateOption().Option.Name)
        );
    }

    [Fact]
    public void Every_behavior_setting_has_its_option()
    {
        Assert.Equal(
            typeof(EmulatorBehavior).GetProperties().Select(property => property.Name),
            BehaviorSettings.All.Select(setting => setting.Property)
        );
        Assert.Equal(
            new EmulatorBehavior
            {
                AnswersHead = true,
                ServesRanges = false,
                SendsETags = false,
                AcceptsDuplicatePaths = true,
                LimitsCounts = false,
                BuildsPerHour = 100,
                UndeployedBuildHours = 24,
                UnusedVersionDays = 30,
                SupportedRuntimes = "node22",
                WithdrawnDependencies = "twilio@5.3.0,@twilio/runtime-handler@2.0.1",
            },
            Parse(
                "--answers-head=true",
                "--serves-ranges=false",
                "--sends-etags=FALSE",
                "--accepts-duplicate-paths=true",
                "--limits-counts=false",
                "--builds-per-hour=100",
                "--undeployed-build-hours=24",
                "--unused-version-days=30",
                "--supported-runtimes=node22",
                "--withdrawn-dependencies=twilio@5.3.0,@twilio/runtime-handler@2.0.1"
            ).Behavior
        );
    }

    [Theory]
    [InlineData("atResponse")]
    [InlineData("AtResponse")]
    [InlineData("ATRESPONSE")]
    public void The_letter_case_of_a_choice_does_not_matter(string value)
    {
        Assert.Equal(
            new EmulatorFaults { ConcurrencyHeaderCounts = ConcurrencyHeaderCount.AtResponse },
            Parse("--concurrency-header-counts", value).Faults
        );
    }

    [Theory]
    [MemberData(nameof(FaultSettingNames))]
    public void The_option_of_a_fault_setting_sets_that_one_and_no_other(string setting)
    {
        var property = typeof(EmulatorFaults).GetProperty(setting)!;
        var name = "--" + JsonNamingPolicy.KebabCaseLower.ConvertName(setting);
        var (args, value) = property.PropertyType switch
        {
            var type when type == typeof(bool) => (new[] { name }, (object)true),
            _ when setting == nameof(EmulatorFaults.OnlyOperation) => ([name, "Asset.Create"], "Asset.Create"),
            var type when type == typeof(string) => ([name, "text"], "text"),
            var type when type == typeof(double) => ([name, "0.5"], 0.5),
            { IsEnum: true } type => ([name, EnumNames.GetAll(type)[^1]], Enum.GetValues(type).Cast<object>().Last()),
            var type => (
                [name, "404"],
                Convert.ChangeType(404, Nullable.GetUnderlyingType(type) ?? type, CultureInfo.InvariantCulture)
            ),
        };

        var faults = Parse(args).Faults;

        Assert.Equal(value, property.GetValue(faults));
        property.SetValue(faults, property.GetValue(new EmulatorFaults()));
        Assert.Equal(new EmulatorFaults(), faults);
    }

    public static TheoryData<string> FaultSettingNames =>
        [
            .. typeof(EmulatorFaults)
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Select(property => property.Name),
        ];

    [Theory]
    [InlineData("--ports", "Unrecognized command or argument '--ports'.")]
    [InlineData("data", "Unrecognized command or argument 'data'.")]
    [InlineData("--port", "Required argument missing for option: '--port'.")]
    [InlineData(
        "--in-memory --data there",
        "--data needs a data folder, and --in-memory has none. Remove one of the two options."
    )]
    [InlineData(
        "--until-unused --in-memory",
        "--until-unused needs a data folder, and --in-memory has none. Remove one of the two options."
    )]
    [InlineData("--port 70000", "--port '70000' is not valid: expected a number from 0 to 65535.")]
    [InlineData("--port=70000", "--port '70000' is not valid: expected a number from 0 to 65535.")]
    [InlineData("--credentials secret", "--credentials is not valid: expected USER:PASSWORD.")]
    [InlineData(
        "--account-sid SK123",
        "--account-sid 'SK123' is not valid: expected AC followed by 32 hexadecimal digits."
    )]
    [InlineData("--listen any", "--listen 'any' is not valid: expected an IP address, such as 127.0.0.1 or 0.0.0.0.")]
    [InlineData(
        "--allowed-hosts emulator,*",
        "--allowed-hosts '*' is not valid: expected host names or IP addresses without port and wildcard, such as "
            + "emulator."
    )]
    [InlineData("--answers-head maybe", "--answers-head 'maybe' is not valid: it must be true or false.")]
    [InlineData("--builds-per-hour -1", "--builds-per-hour '-1' is not valid: it must be from 0 to 2147483647.")]
    [InlineData(
        "--supported-runtimes node20,",
        "--supported-runtimes 'node20,' is not valid: it must be runtimes separated by commas, such as node20,node22."
    )]
    [InlineData(
        "--withdrawn-dependencies twilio",
        "--withdrawn-dependencies 'twilio' is not valid: it must be name@version entries separated by commas."
    )]
    [InlineData("--latency-ms soon", "--latency-ms 'soon' is not valid: expected a whole number.")]
    [InlineData("--latency-ms 1.5", "--latency-ms '1.5' is not valid: expected a whole number.")]
    [InlineData("--latency-ms 3000000000", "--latency-ms '3000000000' is not valid: it must be from 0 to 2147483647.")]
    [InlineData("--seed 1e3", "--seed '1e3' is not valid: expected a whole number.")]
    [InlineData("--seed -3000000000", "--seed '-3000000000' is not valid: it must be from -2147483648 to 2147483647.")]
    [InlineData(
        "--clock-shift-seconds 1e18",
        "--clock-shift-seconds '1e18' is not valid: it must be from -2147483647 to 2147483647."
    )]
    [InlineData(
        "--clock-shift-seconds -Infinity",
        "--clock-shift-seconds '-Infinity' is not valid: it must be from -2147483647 to 2147483647."
    )]
    [InlineData("--rate-reset 1e999", "--rate-reset '1e999' is not valid: it must be from 0 to 1.")]
    [InlineData("--build-seconds NaN", "--build-seconds 'NaN' is not valid: it must be from 0 to 2147483647.")]
    [InlineData("--rate500 2", "--rate500 '2' is not valid: it must be from 0 to 1.")]
    [InlineData(
        "--throttled-latency-ms -1",
        "--throttled-latency-ms '-1' is not valid: it must be from 0 to 2147483647."
    )]
    [InlineData("--requests-per-second 0.5", "--requests-per-second '0.5' is not valid: expected a whole number.")]
    [InlineData(
        "--concurrency-header-counts 1",
        "--concurrency-header-counts '1' is not valid: it must be one of atArrival, atArrivalWithRejected, atResponse, "
            + "oneSecondBeforeArrival."
    )]
    [InlineData(
        "--concurrency-header-counts in-flight",
        "--concurrency-header-counts 'in-flight' is not valid: it must be one of atArrival, atArrivalWithRejected, "
            + "atResponse, oneSecondBeforeArrival."
    )]
    [InlineData("--reject-status 200", "--reject-status '200' is not valid: it must be 0 or from 400 to 599.")]
    public async Task Invalid_arguments_are_reported_with_exit_code_2(string line, string message)
    {
        var (code, output, error) = await RunAsync([.. line.Split(' ')]);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Equal(
            [message, "Use --help to list the options."],
            error.Split('\n', StringSplitOptions.TrimEntries)[..^1]
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task The_data_folder_needs_a_path(string path)
    {
        var (code, _, error) = await RunAsync("--data", path);

        Assert.Equal(2, code);
        Assert.StartsWith(
            $"--data '{path}' is not valid: expected the path of a folder.",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_help_lists_all_options()
    {
        var (code, output, error) = await RunAsync("--help");

        Assert.Equal(0, code);
        Assert.All(
            new EmulatorCommand().Options,
            option => Assert.Contains($"  {option.Name} ", output, StringComparison.Ordinal)
        );
        Assert.Empty(error);
    }

    [Fact]
    public async Task An_unknown_operation_is_reported_with_the_list_of_all()
    {
        var (code, _, error) = await RunAsync("--only-operation", "Asset");

        Assert.Equal(2, code);
        Assert.StartsWith(
            "--only-operation 'Asset' is not valid: it must be one of Asset.Create, Asset.Delete, ",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_documentation_lists_all_options_and_no_others()
    {
        var documented = File.ReadLines(Repository.PathOf("docs/emulator.md"))
            .Where(line => line.StartsWith("| `--", StringComparison.Ordinal))
            .SelectMany(line => line.Split('|')[1].Split('`'))
            .Where(code => code.StartsWith("--", StringComparison.Ordinal))
            .Select(code => code.Split(' ')[0]);

        Assert.Equal(new EmulatorCommand().Options.Select(option => option.Name), documented);
    }

    [Fact]
    public void The_command_reference_lists_all_options_and_no_others()
    {
        var documented = File.ReadLines(Repository.PathOf("docs/cli.md"))
            .SkipWhile(line => line != "Its options are described in [emulator.md](emulator.md):")
            .Skip(1)
            .TakeWhile(line => !line.StartsWith("To use", StringComparison.Ordinal))
            .SelectMany(line => line.Split('`'))
            .Where(code => code.StartsWith("--", StringComparison.Ordinal));

        Assert.Equal(new EmulatorCommand().Options.Select(option => option.Name), documented);
    }

    [Fact]
    public void It_can_listen_on_other_addresses_and_serve_other_hosts()
    {
        var options = Parse("--listen", "0.0.0.0", "--allowed-hosts", "emulator, ci.example.com");

        Assert.Equal(IPAddress.Any, options.ListenAddress);
        Assert.Equal(["emulator", "ci.example.com"], options.AllowedHosts);
    }

    [Fact]
    public async Task The_emulator_reports_the_site_of_a_folder()
    {
        using var folder = new TempFolder();
        folder.Write("a.txt", "a");
        using var output = new LineWriter();
        using var end = new CancellationTokenSource();

        var run = EmulatorCommand.RunAsync(
            ["--in-memory", "--seed-folder", folder.Path],
            output,
            TextWriter.Null,
            end.Token
        );

        Assert.StartsWith("listening on http://127.0.0.1:", await output.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Matches(
            $@"^serving {Regex.Escape(folder.Path)} at http://site-\d{{4}}-dev\.localhost:\d+/$",
            await output.ReadLineAsync()
        );
        await end.CancelAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task The_emulator_reports_its_address_and_stops_when_canceled()
    {
        using var folder = new TempFolder();
        using var output = new LineWriter();
        using var error = new StringWriter();
        using var end = new CancellationTokenSource();

        var run = EmulatorCommand.RunAsync(["--data", folder.Path], output, error, end.Token);
        var line = await output.ReadLineAsync();

        var announced = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(folder["emulator.json"]));
        var url = announced.Text("url");
        Assert.Equal(Environment.ProcessId, announced.GetProperty("pid").GetInt32());
        Assert.StartsWith("http://127.0.0.1:", url, StringComparison.Ordinal);
        Assert.Equal($"listening on {url}", line);

        var second = await RunAsync("--data", folder.Path);
        Assert.Equal(
            (1, "", $"The data folder {folder.Path} is in use by an emulator at {url}.{Environment.NewLine}"),
            second
        );

        await end.CancelAsync();
        Assert.Equal(0, await run);
        Assert.Empty(error.ToString());
        Assert.False(output.HasMore);
        Assert.False(File.Exists(folder["emulator.json"]));
    }

    private static ServerlessEmulatorOptions Parse(params string[] args)
    {
        var command = new EmulatorCommand();
        var parsed = command.Parse(args);
        Assert.Empty(parsed.Errors);
        return command.GetOptions(parsed);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await EmulatorCommand.RunAsync(args, output, error, TestEmulator.Token);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>Output whose lines a test can await.</summary>
    private sealed class LineWriter : StringWriter
    {
        private readonly Channel<string?> _lines = Channel.CreateUnbounded<string?>();

        public bool HasMore => _lines.Reader.TryPeek(out _);

        public ValueTask<string?> ReadLineAsync() => _lines.Reader.ReadAsync(TestEmulator.Token);

        public override Task WriteLineAsync(string? value) => _lines.Writer.WriteAsync(value).AsTask();
    }
}
