using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Serverless.Assets.Emulator.Tests.Control;

public sealed class RequestLogTests
{
    [Fact]
    public async Task The_latest_requests_to_the_API_and_the_sites_are_listed()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        var domain = (await emulator.Api.CreateEnvironmentAsync("shop")).Text("domain_name");
        emulator.Faults = new EmulatorFaults { Rate500 = 1 };
        await emulator.Api.GetAsync("/v1/Services?PageSize=5");
        await emulator.Api.SiteAsync(domain, "/missing.html");
        await emulator.Api.GetAsync("/__emulator/stats"); // is not listed
        await emulator.Api.GetAsync("/"); // neither

        var requests = (await emulator.GetAsync("/__emulator/requests")).GetProperty("requests");

        Assert.Equal(
            [
                $"4 GET {domain}/missing.html Site 404 ",
                "3 GET /v1/Services?PageSize=5 Service.List 500 500",
                "2 POST /v1/Services/shop/Environments Environment.Create 201 ",
                "1 POST /v1/Services Service.Create 201 ",
            ],
            requests.EnumerateArray().Select(Describe)
        );
        Assert.Equal("2026-03-01T12:00:00+00:00", requests[0].GetProperty("time").GetString());
    }

    [Fact]
    public async Task A_long_path_is_shortened()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.GetAsync($"/v1/Services/{new string('q', 2000)}");

        Assert.Equal(
            $"1 GET {$"/v1/Services/{new string('q', 2000)}"[..1000]}… Service.Fetch 404 ",
            await ReadFirstAsync(emulator)
        );
    }

    [Fact]
    public async Task A_closed_connection_has_no_status()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { RateReset = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => emulator.Api.GetAsync("/v1/Services"));

        Assert.Equal("1 GET /v1/Services Service.List  reset", await ReadFirstAsync(emulator));
    }

    [Fact]
    public async Task Only_the_latest_are_kept()
    {
        await using var emulator = await TestEmulator.StartAsync();
        for (var i = 0; i < 501; i++)
        {
            await emulator.Api.GetAsync("/v1/Services/none");
        }

        var requests = (await emulator.GetAsync("/__emulator/requests")).GetProperty("requests").EnumerateArray();

        Assert.Equal(
            Enumerable.Range(2, 500).Reverse(),
            requests.Select(request => request.GetProperty("number").GetInt32())
        );
        await emulator.Server.ResetAsync(TestEmulator.Token);
        Assert.Empty((await emulator.GetAsync("/__emulator/requests")).GetProperty("requests").EnumerateArray());
    }

    [Fact]
    public async Task New_requests_are_sent_as_events()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.GetAsync("/v1/Services");
        await emulator.Api.GetAsync("/v1/Services/one");
        using var response = await emulator.Api.BeginAsync("/__emulator/requests/events?after=1");
        await using var events = SseParser
            .Create(await response.Content.ReadAsStreamAsync(TestEmulator.Token), (_, data) => Describe(Parse(data)))
            .EnumerateAsync(TestEmulator.Token)
            .GetAsyncEnumerator(TestEmulator.Token);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("2 GET /v1/Services/one Service.Fetch 404 ", events.Current.Data);
        await emulator.Api.GetAsync("/v1/Services/two");
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("3 GET /v1/Services/two Service.Fetch 404 ", events.Current.Data);
        Assert.Equal("3", events.Current.EventId);
    }

    [Fact]
    public async Task Streams_end_when_the_emulator_stops()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var response = await emulator.Api.BeginAsync("/__emulator/requests/events");

        await emulator.Server.DisposeAsync();

        Assert.Equal("", await response.Content.ReadAsStringAsync(TestEmulator.Token));
    }

    /// <summary>Waits for the first request in the log, to which it is added after the client has got the response.</summary>
    private static async Task<string> ReadFirstAsync(TestEmulator emulator)
    {
        using var response = await emulator.Api.BeginAsync("/__emulator/requests/events");
        await using var events = SseParser
            .Create(await response.Content.ReadAsStreamAsync(TestEmulator.Token), (_, data) => Describe(Parse(data)))
            .EnumerateAsync(TestEmulator.Token)
            .GetAsyncEnumerator(TestEmulator.Token);
        Assert.True(await events.MoveNextAsync());
        return events.Current.Data;
    }

    private static JsonElement Parse(ReadOnlySpan<byte> data) => JsonSerializer.Deserialize<JsonElement>(data);

    private static string Describe(JsonElement request) =>
        $"{request.GetProperty("number")} {request.Text("method")} {request.GetProperty("host")}{request.Text("path")} "
        + $"{request.Text("operation")} {request.GetProperty("status")} {request.GetProperty("fault")}";
}
