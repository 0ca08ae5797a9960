namespace Serverless.Assets.Emulator.Tests.Control;

public sealed class StatsTests
{
    [Fact]
    public async Task Requests_are_counted_by_what_they_do()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        (await emulator.Api.UploadAsync(service, asset, "/a", "public", [1])).Created();
        await emulator.Api.GetAsync($"/v1/Services/{service}");
        await emulator.Api.GetAsync($"/v1/Services/{service}");
        await emulator.Api.GetAsync($"/v1/Services/{service}/Assets");
        await emulator.Api.GetAsync("/v1/Nothing");
        await emulator.Api.SiteAsync("some.localhost", "/");

        var stats = await emulator.GetStatsAsync();

        Assert.Equal(
            ["requests", "byOperation", "mostInFlight", "bytesReceived", "faults", "startedAt"],
            stats.Names()
        );
        Assert.Equal(7, stats.GetProperty("requests").GetInt32());
        JsonAssert.Same(
            """
            {
              "Asset.Create": 1,
              "Asset.List": 1,
              "AssetVersion.Create": 1,
              "Service.Create": 1,
              "Service.Fetch": 2,
              "Site": 1,
              "Unknown": 1
            }
            """,
            stats.GetProperty("byOperation")
        );
        Assert.Equal(1, stats.GetProperty("mostInFlight").GetInt32());
        Assert.Equal("2026-03-01T12:00:00+00:00", stats.Text("startedAt"));
        JsonAssert.Same("{}", stats.GetProperty("faults"));
    }

    [Fact]
    public async Task Bytes_of_bodies_are_counted()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var asset = await emulator.Api.CreateAssetAsync(service);
        await emulator.Api.SendAsync(HttpMethod.Post, "/__emulator/stats/reset");

        using var form = ApiClient.Multipart("/a", "public", new byte[100_000]);
        var length = form.Headers.ContentLength;
        (
            await emulator.Api.SendAsync(HttpMethod.Post, $"/v1/Services/{service}/Assets/{asset}/Versions", form)
        ).Created();
        await emulator.Api.PostAsync($"/v1/Services/{service}/Assets", ("FriendlyName", "x")); // FriendlyName=x

        Assert.Equal(length + 14, (await emulator.GetStatsAsync()).GetProperty("bytesReceived").GetInt64());
    }

    [Fact]
    public async Task A_reset_begins_again()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Rate500 = 1 });
        await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "x"));

        Assert.Equal(204, (await emulator.Api.SendAsync(HttpMethod.Post, "/__emulator/stats/reset")).Status);

        JsonAssert.Same(
            """
            {
              "requests": 0,
              "byOperation": {},
              "mostInFlight": 0,
              "bytesReceived": 0,
              "faults": {},
              "startedAt": "2026-03-01T12:00:00+00:00"
            }
            """,
            await emulator.GetStatsAsync()
        );
    }
}
