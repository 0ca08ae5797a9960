using System.Text.Json;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Tests.Faults;

public sealed class PresetTests
{
    public static TheoryData<string> Names => [.. FaultPresets.All.Select(preset => preset.Name)];

    [Fact]
    public void The_presets_have_names()
    {
        Assert.Equal(
            [
                ("busy-account", EmulatorFaults.BusyAccount),
                ("flaky-network", EmulatorFaults.FlakyNetwork),
                ("failing-builds", EmulatorFaults.FailingBuilds),
            ],
            FaultPresets.All.Select(preset => (preset.Name, preset.Settings))
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_preset_is_valid_and_described(string name)
    {
        var preset = FaultPresets.Find(name)!;

        Assert.Null(FaultSettings.All.FindProblem(preset.Settings));
        Assert.NotEqual(new EmulatorFaults(), preset.Settings);
        Assert.Contains(
            $"| `{name}` | {preset.Description} |",
            File.ReadAllText(Repository.PathOf("docs/emulator.md")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_control_endpoint_lists_them_and_a_client_can_set_one()
    {
        await using var emulator = await TestEmulator.StartAsync();

        var presets = (await emulator.GetAsync("/__emulator/faults/presets")).GetProperty("presets");
        var preset = presets.EnumerateArray().Single(it => it.Text("name") == "failing-builds");
        var settings = await emulator.Api.SendAsync(
            HttpMethod.Put,
            "/__emulator/faults",
            new StringContent(preset.GetProperty("settings").GetRawText())
        );

        Assert.Equal(3, presets.GetArrayLength());
        Assert.NotEmpty(preset.Text("description")!);
        Assert.True(settings.Ok().GetProperty("failBuilds").GetBoolean());
        Assert.Equal(EmulatorFaults.FailingBuilds, emulator.Faults);
    }

    [Fact]
    public async Task A_busy_account_refuses_requests_with_a_time_to_wait()
    {
        await using var emulator = await TestEmulator.StartAsync(
            EmulatorFaults.BusyAccount with
            {
                LatencyMs = 0,
                ThrottledLatencyMs = 0,
                RequestsPerSecond = 1,
            }
        );

        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
        var refused = await emulator.Api.GetAsync("/v1/Services");

        Assert.Equal((429, "1"), (refused.Status, refused.Headers["Retry-After"]));
    }

    [Fact]
    public async Task Of_a_flaky_network_some_requests_fail_and_most_succeed()
    {
        await using var emulator = await TestEmulator.StartAsync(EmulatorFaults.FlakyNetwork with { LatencyMs = 0 });
        var failures = 0;
        for (var i = 0; i < 200; i++)
        {
            try
            {
                failures += (await emulator.Api.GetAsync("/v1/Services")).Status == 200 ? 0 : 1;
            }
            catch (HttpRequestException)
            {
                failures++;
            }
        }

        Assert.InRange(failures, 10, 60);
        var kinds = (await emulator.GetStatsAsync())
            .GetProperty("faults")
            .EnumerateObject()
            .Where(it => it.Value.ValueKind == JsonValueKind.Number && it.Value.GetInt32() > 0)
            .Select(it => it.Name);
        Assert.Equal(["502", "503", "reset", "resetAfterWork", "truncated"], kinds.Order(StringComparer.Ordinal));
    }
}
