using System.Text;
using Microsoft.AspNetCore.Routing;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Tests.Faults;

/// <summary>Fault settings for some of the requests.</summary>
public sealed class ScopeTests
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("x");

    [Fact]
    public async Task Faults_can_be_limited_to_an_operation()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Faults = new EmulatorFaults { Rate500 = 1, OnlyOperation = "Asset.Create" };

        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Status);
        (await emulator.Api.PostAsync("/v1/Services/shop/Functions", ("FriendlyName", "/f"))).Created();
        Assert.Equal(500, (await emulator.Api.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", "/a"))).Status);
        Assert.Equal(500, (await emulator.Api.PostAsync("/v1/Services/shop/Assets", ("FriendlyName", "/a"))).Status);
    }

    [Fact]
    public async Task Faults_can_be_limited_to_a_text_in_the_path_of_the_request_or_of_the_upload()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        var asset = await emulator.Api.CreateAssetAsync("shop", "/slow.txt");
        emulator.Faults = new EmulatorFaults { Rate503Html = 1, OnlyPathContains = "slow" };

        Assert.Equal(503, (await UploadAsync(emulator, asset, "/is/slow.txt")).Status);
        Assert.Equal(201, (await UploadAsync(emulator, asset, "/fast.txt")).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Status);
        emulator.Faults = new EmulatorFaults { Rate503Html = 1, OnlyPathContains = "/Assets/" };

        Assert.Equal(503, (await UploadAsync(emulator, asset, "/fast.txt")).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Status);
    }

    [Fact]
    public async Task Faults_can_be_limited_to_the_next_requests_that_match()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        emulator.Faults = new EmulatorFaults
        {
            Rate500 = 1,
            OnlyOperation = "Asset.List",
            OnlyNextRequests = 2,
        };

        List<int> statuses = [];
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
            statuses.Add((await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Status);
        }

        Assert.Equal([500, 500, 200, 200], statuses);
        emulator.Faults = emulator.Faults; // new settings count from the start
        Assert.Equal(500, (await emulator.Api.GetAsync("/v1/Services/shop/Assets")).Status);
    }

    [Fact]
    public async Task Requests_out_of_scope_are_not_limited_and_do_not_count()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 1,
                RequestsPerSecond = 2,
                RetryAfterSeconds = 7,
                OnlyOperation = "Asset.List",
            }
        );
        using var body = new HeldBody("UniqueName=shop&FriendlyName=Shop");
        var created = emulator.Api.SendAsync(HttpMethod.Post, "/v1/Services", body);
        await emulator.WaitForRequestsAsync(1); // out of scope, it takes no place

        Assert.Equal(404, (await emulator.Api.GetAsync("/v1/Services/none/Assets")).Status);
        Assert.Equal(404, (await emulator.Api.GetAsync("/v1/Services/none/Assets")).Status);
        var refused = await emulator.Api.GetAsync("/v1/Services/none/Assets");

        Assert.Equal((429, "7"), (refused.Status, refused.Headers["Retry-After"]));
        Assert.Equal(200, (await emulator.Api.GetAsync("/v1/Services")).Status);
        body.Release();
        (await created).Created();
    }

    [Fact]
    public async Task A_limit_counts_the_requests_in_scope_that_are_in_flight()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                AllowedConcurrency = 1,
                ConcurrencyHeader = true,
                OnlyOperation = "Service.Create",
            }
        );
        using var body = new HeldBody("UniqueName=shop&FriendlyName=Shop");
        var created = emulator.Api.SendAsync(HttpMethod.Post, "/v1/Services", body);
        await emulator.WaitForRequestsAsync(1);

        Assert.Equal(429, (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "other"))).Status);
        var list = await emulator.Api.GetAsync("/v1/Services");

        Assert.Equal((200, "2"), (list.Status, list.Headers["Twilio-Concurrent-Requests"]));
        body.Release();
        (await created).Created();
        (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "b"), ("FriendlyName", "b"))).Created();
    }

    [Fact]
    public async Task Latency_and_the_request_that_hangs_are_in_scope()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        var asset = await emulator.Api.CreateAssetAsync("shop", "/slow.txt");
        emulator.Faults = new EmulatorFaults
        {
            LatencyMs = 60_000,
            HangNthRequest = 2,
            OnlyPathContains = "slow",
        };

        Assert.Equal(201, (await UploadAsync(emulator, asset, "/fast.txt")).Status); // without latency
        var slow = UploadAsync(emulator, asset, "/slow.txt");
        await emulator.Clock.WaitForTimersAsync(1);
        Assert.False(slow.IsCompleted);
        emulator.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(201, (await slow).Status);
        Assert.Equal(201, (await UploadAsync(emulator, asset, "/fast.txt")).Status);
        var hanging = UploadAsync(emulator, asset, "/slow.txt");
        await emulator.WaitForHangAsync();

        await emulator.Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task A_malformed_upload_gets_its_error_whether_the_scope_needs_its_path_or_not()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { Rate500 = 1, OnlyPathContains = "slow" }
        );
        using var form = new StringContent("no part", Encoding.UTF8);
        form.Headers.ContentType = new("multipart/form-data");

        var refused = await emulator.Api.SendAsync(HttpMethod.Post, "/v1/Services/s/Assets/a/Versions", form);

        refused.Refused(400, 20001, "The multipart body has no boundary");
    }

    /// <summary>Everything else is the same for all requests, or not about requests.</summary>
    [Fact]
    public void These_settings_apply_out_of_scope_too()
    {
        var all = new EmulatorFaults
        {
            Seed = 1,
            LatencyMs = 1,
            BandwidthBytesPerSecond = 1,
            AllowedConcurrency = 1,
            RequestsPerSecond = 1,
            RetryAfterSeconds = 1,
            ThrottledLatencyMs = 1,
            ThrottledOccupiesSlot = true,
            ThrottledBody = ThrottledBody.Detailed,
            ConcurrencyHeader = true,
            ConcurrencyHeaderCounts = ConcurrencyHeaderCount.AtResponse,
            Rate500 = 1,
            Rate503Html = 1,
            Rate502Html = 1,
            RateReset = 1,
            RateResetAfterWork = 1,
            RateTruncated = 1,
            RateBrokenJson = 1,
            HangNthRequest = 1,
            FailListPage = 1,
            FailListPageOnce = 1,
            FailBuilds = true,
            BuildSeconds = 1,
            PropagationSeconds = 1,
            ClockShiftSeconds = 1,
            RejectStatus = 500,
            RejectPathContains = "x",
            OnlyOperation = "Asset.List",
            OnlyPathContains = "x",
            OnlyNextRequests = 1,
        };
        var defaults = new EmulatorFaults();
        var settings = typeof(EmulatorFaults).GetProperties().Where(it => it.GetMethod!.IsStatic == false).ToList();
        Assert.All(settings, setting => Assert.NotEqual(setting.GetValue(defaults), setting.GetValue(all)));

        Assert.Equal(
            [
                "bandwidthBytesPerSecond",
                "concurrencyHeader",
                "concurrencyHeaderCounts",
                "failBuilds",
                "buildSeconds",
                "propagationSeconds",
                "clockShiftSeconds",
            ],
            settings
                .Where(setting => !Equals(setting.GetValue(defaults), setting.GetValue(FaultScope.GetRemaining(all))))
                .Select(setting => Settings.Setting<EmulatorFaults>.GetJsonName(setting.Name))
        );
    }

    [Fact]
    public void The_names_of_operations_are_those_of_the_API()
    {
        using var state = EmulatorState.Open(new ServerlessEmulatorOptions { InMemory = true });
        IEndpointRouteBuilder app = EmulatorApplication.Create(state, port: 0);

        Assert.Equal(
            app.DataSources.SelectMany(source => source.Endpoints)
                .Select(endpoint => endpoint.Metadata.GetMetadata<ApiOperation>()?.Name)
                .OfType<string>()
                .Except(["Unknown"])
                .Order(StringComparer.Ordinal),
            ApiOperation.Names
        );
    }

    private static Task<ApiResult> UploadAsync(TestEmulator emulator, string asset, string path) =>
        emulator.Api.UploadAsync("shop", asset, path, "public", Content);
}
