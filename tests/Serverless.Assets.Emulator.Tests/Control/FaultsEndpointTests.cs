using System.Text;

namespace Serverless.Assets.Emulator.Tests.Control;

public sealed class FaultsEndpointTests
{
    private const string Address = "/__emulator/faults";

    [Fact]
    public async Task All_settings_are_returned()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { Rate500 = 0.25, RetryAfterSeconds = 3 }
        );

        JsonAssert.Same(
            """
            {
              "seed": 0,
              "latencyMs": 0,
              "bandwidthBytesPerSecond": 0,
              "allowedConcurrency": 0,
              "retryAfterSeconds": 3,
              "concurrencyHeader": false,
              "rate500": 0.25,
              "rate503Html": 0,
              "rate502Html": 0,
              "rateReset": 0,
              "rateResetAfterWork": 0,
              "rateTruncated": 0,
              "rateBrokenJson": 0,
              "hangNthRequest": 0,
              "failListPage": 0,
              "failListPageOnce": 0,
              "failBuilds": false,
              "buildSeconds": 0,
              "propagationSeconds": 0,
              "clockShiftSeconds": 0,
              "rejectStatus": 0,
              "rejectPathContains": null
            }
            """,
            (await emulator.Api.GetAsync(Address)).Ok()
        );
    }

    [Fact]
    public async Task A_put_replaces_all_of_them()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Rate500 = 0.25 });

        var answer = await PutAsync(emulator, """{"latencyMs":5,"rejectPathContains":"x"}""");

        Assert.Equal(5, answer.Ok().GetProperty("latencyMs").GetInt32());
        Assert.Equal(new EmulatorFaults { LatencyMs = 5, RejectPathContains = "x" }, emulator.Server.Faults);
    }

    [Theory]
    [InlineData("""{"latency":5}""", "latency")]
    [InlineData("""{"rate500":1.5}""", "rate500 must be from 0 to 1.")]
    [InlineData("""{"latencyMs":-1}""", "latencyMs must be from 0 to 2147483647.")]
    [InlineData("""{"rejectStatus":200}""", "rejectStatus must be 0 or from 400 to 599.")]
    [InlineData("""{"clockShiftSeconds":1e300}""", "clockShiftSeconds must be from -2147483647 to 2147483647.")]
    [InlineData("""{"latencyMs":"5"}""", "latencyMs")]
    [InlineData("", "JSON")]
    public async Task Invalid_faults_are_rejected_and_change_nothing(string json, string message)
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Seed = 9 });

        var answer = await PutAsync(emulator, json);

        Assert.Equal(400, answer.Status);
        Assert.Equal(20001, answer.Json.GetProperty("code").GetInt32());
        Assert.Contains(message, answer.Json.Text("message"), StringComparison.Ordinal);
        Assert.Equal(new EmulatorFaults { Seed = 9 }, emulator.Server.Faults);
    }

    [Fact]
    public async Task A_value_out_of_range_is_refused_in_process_too()
    {
        await using var emulator = await TestEmulator.StartAsync();

        Assert.Throws<ArgumentException>(() => emulator.Server.Faults = new EmulatorFaults { RateReset = -0.1 });
        await Assert.ThrowsAsync<ArgumentException>(() =>
            TestEmulator.StartAsync(new EmulatorFaults { Rate500 = double.NaN })
        );
    }

    private static Task<ApiResult> PutAsync(TestEmulator emulator, string json) =>
        emulator.Api.SendAsync(HttpMethod.Put, Address, new StringContent(json, Encoding.UTF8, "application/json"));
}
