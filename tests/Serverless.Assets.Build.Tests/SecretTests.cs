using System.Text;
using Serverless.Assets.Build.Tasks;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

/// <summary>Of the credentials, only the user may ever be read in a log, at whatever verbosity.</summary>
public sealed class SecretTests
{
    private static readonly string[] Secrets =
    [
        Workbench.Secret,
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Workbench.Secret)).TrimEnd('='),
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Workbench.User}:{Workbench.Secret}")),
        Uri.EscapeDataString($"{Workbench.User}:{Workbench.Secret}"),
    ];

    [Fact]
    public async Task Neither_success_nor_failure_reveals_the_secret()
    {
        await using var bench = await Workbench.StartAsync();
        var assets = bench.Collect(
            Workbench.Item(bench.Write("a.txt", "a")),
            Workbench.Item(bench.Write("b.txt", "b"))
        );
        var engine = new CapturingBuildEngine();

        Assert.True(bench.UploadTask(engine, assets).Execute());

        bench.Write("b.txt", "changed");
        bench.Emulator.Faults = new EmulatorFaults { RejectPathContains = "/b", RejectStatus = 403 };
        Assert.False(bench.UploadTask(engine, assets).Execute());

        bench.HttpHandler = () => throw new NotSupportedException("unexpected");
        Assert.False(bench.UploadTask(engine, assets).Execute());

        AssertNothingTold(engine);
    }

    [Fact]
    public async Task Credentials_that_the_service_refuses_are_named_by_user_and_source_only()
    {
        await using var bench = Workbench.Create();
        await using var emulator = await ServerlessEmulator.StartAsync(
            new ServerlessEmulatorOptions
            {
                DataDirectory = bench.Data,
                Credentials = "AC00000000000000000000000000000000:other",
            },
            Workbench.Token
        );
        var engine = new CapturingBuildEngine();
        var task = bench.UploadTask(engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a"))));
        task.Set(SettingTable.ApiBaseUrl, emulator.BaseAddress.ToString());
        task.Set(SettingTable.UploadBaseUrl, emulator.BaseAddress.ToString());

        Assert.False(task.Execute());

        var error = Assert.Single(engine.Log);
        Assert.Equal("SAB3001", error.Code);
        Assert.StartsWith(
            $"Authentication failed for {Workbench.User} (from TWILIO_API_KEY): Authenticate (HTTP 401, Twilio code 20003, request RQ",
            error.Message,
            StringComparison.Ordinal
        );
        AssertNothingTold(engine);
    }

    /// <summary>A secret that was put where the key belongs is not shown either.</summary>
    [Fact]
    public async Task A_secret_in_the_wrong_variable_is_not_revealed()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Environment["TWILIO_API_KEY"] = Workbench.Secret;
        var engine = new CapturingBuildEngine();

        Assert.False(bench.UploadTask(engine, bench.Collect(Workbench.Item(bench.Write("a.txt", "a")))).Execute());

        Assert.Equal(
            [
                LoggedEvent.Error(
                    "SAB1002",
                    "TWILIO_API_KEY is not a valid API key SID: expected SK followed by 32 hexadecimal digits. Its value is not shown because it may be a secret. Check that you copied the right value."
                ),
            ],
            engine.Log
        );
        AssertNothingTold(engine);
    }

    /// <summary>The log is not ours, so the tasks that use credentials can only warn.</summary>
    [Fact]
    public async Task An_environment_that_is_logged_is_a_warning_of_each_task_with_credentials_once_per_build()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Deploy("a");
        bench.Environment["MSBUILDLOGALLENVIRONMENTVARIABLES"] = "1";
        var warning = LoggedEvent.Warning(
            "SAB1013",
            "MSBUILDLOGALLENVIRONMENTVARIABLES is set, so MSBuild writes all environment variables, including credentials, to logs and binary logs. Unset it for this build."
        );
        Func<CapturingBuildEngine, ServiceTask>[] tasks =
        [
            bench.CreateTask<UploadServerlessAssets>,
            bench.CreateTask<PlanServerlessAssets>,
            bench.CreateTask<BuildServerlessAssets>,
            bench.CreateTask<DeployServerlessAssets>,
            bench.CreateTask<VerifyServerlessAssets>,
            bench.CreateTask<PruneServerlessAssets>,
            bench.CreateTask<RollbackServerlessAssets>,
        ];

        var build = new CapturingBuildEngine();
        foreach (var create in tasks)
        {
            create(build).Execute();

            var engine = new CapturingBuildEngine();
            create(engine).Execute();
            Assert.Equal(warning, engine.Log[0]);

            var local = new CapturingBuildEngine();
            var task = create(local);
            task.Set(SettingTable.Emulator, "true"); // needs no credentials
            task.Execute();
            Assert.DoesNotContain(warning, local.Log);
        }

        Assert.Single(build.Log, warning);
    }

    /// <summary>Also if no credentials are read, because their other half is missing or the task needs none.</summary>
    [Fact]
    public async Task A_secret_of_the_environment_in_place_of_any_other_value_is_not_revealed()
    {
        await using var bench = await Workbench.StartAsync();
        bench.Upload("a");
        var secret = $"{Guid.NewGuid():n}"; // no other build knows it
        bench.Environment.Clear();
        bench.Environment["TWILIO_AUTH_TOKEN"] = $"{secret}\n";
        var engine = new CapturingBuildEngine();
        SettingsTask[] tasks =
        [
            bench.CollectTask(engine, Workbench.Item(bench.PathOf("a.txt"), ("Visibility", secret))),
            bench.CreateTask<UploadServerlessAssets>(engine),
            bench.CreateTask<DeployServerlessAssets>(engine),
        ];
        foreach (var task in tasks)
        {
            task.Set(SettingTable.ServiceName, $"{secret}.x");
            task.Set(SettingTable.OtherAssets, secret);
            task.Set(SettingTable.Runtime, secret);
            task.Set(SettingTable.DomainSuffix, secret);
            task.Set(SettingTable.ApiBaseUrl, $"https://serverless.twilio.com/?t={secret}");
            task.Set(SettingTable.SummaryPath, bench.PathOf("s.md"));
            task.Set(SettingTable.ReportPath, bench.PathOf("r.html"));

            task.Execute();
        }

        Assert.Contains("***", $"{engine.Log[0]}", StringComparison.Ordinal);
        Assert.All(
            [
                .. engine.All.Select(logged => $"{logged}"),
                .. Directory.EnumerateFiles(bench.Project).Select(File.ReadAllText),
            ],
            text => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)
        );
    }

    private static void AssertNothingTold(CapturingBuildEngine engine)
    {
        Assert.NotEmpty(engine.All);
        Assert.All(
            engine.All,
            logged =>
                Assert.DoesNotContain(
                    Secrets,
                    secret => $"{logged}".Contains(secret, StringComparison.OrdinalIgnoreCase)
                )
        );
    }
}
