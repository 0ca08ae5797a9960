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
              "requestsPerSecond": 0,
              "retryAfterSeconds": 3,
              "throttledLatencyMs": null,
              "throttledOccupiesSlot": false,
              "throttledBody": "standard",
              "concurrencyHeader": false,
              "concurrencyHeaderCounts": "atArrival",
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
              "rejectPathContains": null,
              "onlyOperation": null,
              "onlyPathContains": null,
              "onlyNextRequests": 0
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
    [InlineData("atArrival", ConcurrencyHeaderCount.AtArrival)]
    [InlineData("atArrivalWithRejected", ConcurrencyHeaderCount.AtArrivalWithRejected)]
    [InlineData("atResponse", ConcurrencyHeaderCount.AtResponse)]
    [InlineData("oneSecondBeforeArrival", ConcurrencyHeaderCount.OneSecondBeforeArrival)]
    public async Task An_enum_setting_has_names(string name, ConcurrencyHeaderCount value)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var settings = (await PutAsync(emulator, $$"""{"concurrencyHeaderCounts":"{{name}}"}""")).Ok();

        Assert.Equal(name, settings.Text("concurrencyHeaderCounts"));
        Assert.Equal(new EmulatorFaults { ConcurrencyHeaderCounts = value }, emulator.Faults);
    }

    [Theory]
    [InlineData("""{"latency":5}""", "latency")]
    [InlineData(
        """{"concurrencyHeaderCounts":"AtArrival"}""",
        "concurrencyHeaderCounts must be one of atArrival, atArrivalWithRejected, atResponse, oneSecondBeforeArrival. "
            + "The value is \"AtArrival\"."
    )]
    [InlineData("""{"concurrencyHeaderCounts":"atArrival,atResponse"}""", "must be one of atArrival, atArrivalWith")]
    [InlineData("""{"concurrencyHeaderCounts":" atArrival"}""", "must be one of atArrival, atArrivalWithRejected,")]
    [InlineData("""{"concurrencyHeaderCounts":""}""", "must be one of atArrival, atArrivalWithRejected,")]
    [InlineData("""{"concurrencyHeaderCounts":"1"}""", "must be one of atArrival, atArrivalWithRejected,")]
    [InlineData("""{"concurrencyHeaderCounts":1}""", "oneSecondBeforeArrival. The value is 1.")]
    [InlineData("""{"concurrencyHeaderCounts":null}""", "oneSecondBeforeArrival. The value is null.")]
    [InlineData("""{"concurrencyHeaderCounts":["atArrival"]}""", "The value is [\"atArrival\"].")]
    [InlineData("""{"concurrencyHeaderCounts":{}}""", "oneSecondBeforeArrival. The value is {}.")]
    [InlineData("""{"concurrencyHeaderCounts":"\ud800"}""", "concurrencyHeaderCounts must be one of atArrival,")]
    [InlineData("""{"throttledLatencyMs":-1}""", "throttledLatencyMs must be from 0 to 2147483647. The value is -1.")]
    [InlineData("""{"throttledLatencyMs":"5"}""", "throttledLatencyMs must be a whole number from 0 to")]
    [InlineData("""{"throttledOccupiesSlot":1}""", "throttledOccupiesSlot must be true or false. The value is 1.")]
    [InlineData("""{"requestsPerSecond":-1}""", "requestsPerSecond must be from 0 to 2147483647. The value is -1.")]
    [InlineData("""{"requestsPerSecond":0.5}""", "requestsPerSecond must be a whole number from 0 to 2147483647.")]
    [InlineData("""{"requestsPerSecond":null}""", "requestsPerSecond must be a whole number from 0 to 2147483647.")]
    [InlineData("""{"rate500":1.5}""", "rate500 must be from 0 to 1.")]
    [InlineData("""{"latencyMs":-1}""", "latencyMs must be from 0 to 2147483647.")]
    [InlineData("""{"rejectStatus":200}""", "rejectStatus must be 0 or from 400 to 599.")]
    [InlineData("""{"clockShiftSeconds":1e300}""", "clockShiftSeconds must be from -2147483647 to 2147483647.")]
    [InlineData("""{"clockShiftSeconds":1e18}""", "to 2147483647. The value is 1E+18.")]
    [InlineData("""{"clockShiftSeconds":-1e18}""", "clockShiftSeconds must be from -2147483647")]
    [InlineData("""{"clockShiftSeconds":1e999}""", "clockShiftSeconds must be from -2147483647")]
    [InlineData("""{"buildSeconds":1e18}""", "buildSeconds must be from 0 to 2147483647. The value is 1E+18.")]
    [InlineData("""{"propagationSeconds":-0.5}""", "propagationSeconds must be from 0")]
    [InlineData("""{"bandwidthBytesPerSecond":-1}""", "bandwidthBytesPerSecond must be from 0")]
    [InlineData("""{"allowedConcurrency":-1}""", "allowedConcurrency must be from 0 to 2147483647. The value is -1.")]
    [InlineData("""{"retryAfterSeconds":-1}""", "retryAfterSeconds must be from 0")]
    [InlineData("""{"rateReset":-1e-300}""", "rateReset must be from 0 to 1.")]
    [InlineData("""{"rate500":0.1,"latencyMs":-1}""", "latencyMs must be")]
    [InlineData("""{"latencyMs":"5"}""", "latencyMs must be a whole number from 0 to 2147483647. The value is \"5\".")]
    [InlineData("""{"latencyMs":1.5}""", "latencyMs must be a whole number from 0 to 2147483647. The value is 1.5.")]
    [InlineData("""{"latencyMs":1e30}""", "latencyMs must be a whole number from 0 to 2147483647. The value is 1e30.")]
    [InlineData("""{"seed":3000000000}""", "seed must be a whole number from -2147483648 to 2147483647.")]
    [InlineData("""{"rate500":null}""", "rate500 must be a number from 0 to 1. The value is null.")]
    [InlineData("""{"rate500":"NaN"}""", "rate500 must be a number from 0 to 1. The value is \"NaN\".")]
    [InlineData("""{"retryAfterSeconds":true}""", "must be a whole number from 0 to 2147483647.")]
    [InlineData("""{"failBuilds":1}""", "failBuilds must be true or false. The value is 1.")]
    [InlineData("""{"failBuilds":null}""", "failBuilds must be true or false. The value is null.")]
    [InlineData("""{"rejectPathContains":{}}""", "rejectPathContains must be a text. The value is {}.")]
    [InlineData("""{"rejectPathContains":"\ud800"}""", "rejectPathContains must be a text.")]
    [InlineData("""{"rejectStatus":399}""", "rejectStatus must be 0 or from 400 to 599. The value is 399.")]
    [InlineData("""{"onlyOperation":"asset.create"}""", "onlyOperation must be one of Asset.Create, Asset.Delete,")]
    [InlineData("""{"onlyOperation":"Asset"}""", "Variable.Update. The value is Asset.")]
    [InlineData("""{"onlyOperation":1}""", "onlyOperation must be one of Asset.Create, Asset.Delete,")]
    [InlineData("""{"onlyNextRequests":-1}""", "onlyNextRequests must be from 0 to 2147483647. The value is -1.")]
    [InlineData("""{"Rate500":0.5}""", "'Rate500' is not a fault setting. The settings are seed, latencyMs,")]
    [InlineData("""{"seed":1,"seed":2}""", "JSON")]
    [InlineData("""{"\ud800":1}""", "JSON")]
    [InlineData("""{"a.b":1}""", "'a.b' is not a fault setting")]
    [InlineData("""{"seed":[[{}]]}""", "seed must be a whole number from -2147483648 to 2147483647.")]
    [InlineData("""{"rate500":-Infinity}""", "JSON")]
    [InlineData("""{"rate500":NaN}""", "JSON")]
    [InlineData("""{"seed":1} {}""", "JSON")]
    [InlineData("""{"seed":1""", "JSON")]
    [InlineData("null", "The fault settings must be a JSON object. The value is null.")]
    [InlineData("[]", "The fault settings must be a JSON object. The value is [].")]
    [InlineData("1", "JSON object")]
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

    [Theory]
    [InlineData("""{"clockShiftSeconds":2147483647,"buildSeconds":2147483647,"propagationSeconds":2147483647}""")]
    [InlineData("""{"clockShiftSeconds":-2147483647,"bandwidthBytesPerSecond":2147483647}""")]
    [InlineData("""{"requestsPerSecond":2147483647,"throttledLatencyMs":2147483647,"throttledOccupiesSlot":true}""")]
    [InlineData("""{"throttledLatencyMs":null,"concurrencyHeader":true,"concurrencyHeaderCounts":"atResponse"}""")]
    [InlineData("""{"rateReset":0,"rate500":1e-300,"allowedConcurrency":2147483647,"hangNthRequest":2147483647}""")]
    public async Task With_every_valid_setting_requests_work_and_it_can_be_undone(string json)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();

        (await PutAsync(emulator, json)).Ok();
        var version = await emulator.Api.AddAsync("shop", "/a", "a");
        (await emulator.Api.BuildAsync("shop", version)).Created();
        var environment = await emulator.Api.CreateEnvironmentAsync("shop");
        (await emulator.Api.DeployAsync("shop", environment.Sid(), build: null)).Created();
        Assert.Equal(404, (await emulator.Api.SiteAsync(environment.Text("domain_name")!, "/a")).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/")).Status);
        (await PutAsync(emulator, "{}")).Ok();

        Assert.Equal(new EmulatorFaults(), emulator.Faults);
        await emulator.GetAsync("/v1/Services");
    }

    [Fact]
    public async Task The_settings_have_at_most_64_KB()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Seed = 9 });

        var answer = await PutAsync(emulator, $$"""{"rejectPathContains":"{{new string('x', 64 * 1024)}}"}""");

        Assert.Equal((413, 20001), (answer.Status, answer.Json.GetProperty("code").GetInt32()));
        Assert.Equal(9, emulator.Faults.Seed);
    }

    [Fact]
    public async Task A_value_out_of_range_is_refused_in_process_too()
    {
        await using var emulator = await TestEmulator.StartAsync();

        Assert.Throws<ArgumentException>(() => emulator.Server.Faults = new EmulatorFaults { RateReset = -0.1 });
        await Assert.ThrowsAsync<ArgumentException>(() =>
            TestEmulator.StartAsync(new EmulatorFaults { Rate500 = double.NaN })
        );
        var problem = Assert.Throws<ArgumentException>(() =>
            emulator.Server.Faults = new EmulatorFaults { ConcurrencyHeaderCounts = (ConcurrencyHeaderCount)4 }
        );
        Assert.StartsWith(
            "concurrencyHeaderCounts must be one of atArrival, atArrivalWithRejected, atResponse, "
                + "oneSecondBeforeArrival. The value is 4.",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{\"rejectPathContains\":\"\u00ff\"}")]
    [InlineData("{\"\u00ff\":1}")]
    [InlineData("{}\u00ff")]
    public async Task Bytes_that_are_not_UTF8_are_refused(string latin1)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var result = await PutAsync(emulator, latin1, Encoding.Latin1);

        result.Refused(400, 20001, "The fault settings are not valid UTF-8. Save the JSON as UTF-8.");
        Assert.Equal(new EmulatorFaults(), emulator.Server.Faults);
    }

    private static Task<ApiResult> PutAsync(TestEmulator emulator, string json, Encoding? encoding = null) =>
        emulator.Api.SendAsync(
            HttpMethod.Put,
            Address,
            new StringContent(json, encoding ?? Encoding.UTF8, "application/json")
        );
}
