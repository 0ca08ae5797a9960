using System.Text.Json;
using Serverless.Assets.Emulator.Control;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>An emulator that several runs share stops with the last of them.</summary>
public sealed class LeaseTests
{
    [Fact]
    public async Task It_stops_with_the_last_of_its_users()
    {
        await using var emulator = await StartAsync();
        var waiting = emulator.Server.WaitForShutdownAsync(TestEmulator.Token);
        using var first = await TakeAsync(emulator, "first");
        using var second = await TakeAsync(emulator, "second");

        Assert.False((await EndAsync(emulator, "first")).GetProperty("isStopping").GetBoolean());
        Assert.False((await EndAsync(emulator, "first")).GetProperty("isStopping").GetBoolean());
        emulator.Clock.Advance(Leases.StartTimeout);
        Assert.False(waiting.IsCompleted);
        Assert.True((await EndAsync(emulator, "second")).GetProperty("isStopping").GetBoolean());

        await waiting;
        Assert.Equal(409, (await SendAsync(emulator, HttpMethod.Post, "third")).Status);
    }

    [Fact]
    public async Task A_user_that_is_killed_does_not_keep_it_running()
    {
        await using var emulator = await StartAsync();
        var waiting = emulator.Server.WaitForShutdownAsync(TestEmulator.Token);
        var killed = await TakeAsync(emulator, "killed");

        killed.Dispose();

        await waiting.WithinAsync("the end of the emulator");
    }

    [Fact]
    public async Task It_stops_if_the_run_that_started_it_never_uses_it()
    {
        await using var emulator = await StartAsync();
        var waiting = emulator.Server.WaitForShutdownAsync(TestEmulator.Token);

        emulator.Clock.Advance(Leases.StartTimeout - TimeSpan.FromSeconds(1));
        Assert.False(waiting.IsCompleted);
        emulator.Clock.Advance(TimeSpan.FromSeconds(1));

        await waiting.WithinAsync("the end of the emulator");
    }

    [Fact]
    public async Task An_emulator_that_a_user_started_stays_without_users()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var waiting = emulator.Server.WaitForShutdownAsync(TestEmulator.Token);
        using var only = await TakeAsync(emulator, "only");

        Assert.False((await EndAsync(emulator, "only")).GetProperty("isStopping").GetBoolean());

        emulator.Clock.Advance(Leases.StartTimeout);
        Assert.False(waiting.IsCompleted);
    }

    [Fact]
    public async Task Its_end_ends_the_leases_and_the_next_one_has_its_address()
    {
        using var folder = new TempFolder();
        await using var first = await StartAsync(folder.Path);
        using var lease = await TakeAsync(first, "lease");

        await first.Server.DisposeAsync();

        Assert.Empty(await lease.Content.ReadAsByteArrayAsync(TestEmulator.Token));
        Assert.False(File.Exists(folder["emulator.json"]));
        await using var second = await TestEmulator.StartAsync(folder: folder.Path);
        Assert.Equal(first.Url, second.Url);
    }

    [Fact]
    public async Task An_address_that_is_taken_is_replaced()
    {
        await using var other = await TestEmulator.StartAsync();
        using var folder = new TempFolder();
        folder.Write("emulator.port", $"{other.Port}");

        await using var emulator = await TestEmulator.StartAsync(folder: folder.Path);

        Assert.NotEqual(other.Url, emulator.Url);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("70000")]
    [InlineData("5005 ")]
    [InlineData("http://127.0.0.1:5005")]
    public async Task A_port_that_no_emulator_has_recorded_is_ignored(string text)
    {
        using var folder = new TempFolder();
        folder.Write("emulator.port", text);

        await using var emulator = await TestEmulator.StartAsync(folder: folder.Path);

        Assert.NotEqual(0, emulator.Port);
        Assert.Equal($"{emulator.Port}", await File.ReadAllTextAsync(folder["emulator.port"], TestEmulator.Token));
    }

    [Fact]
    public async Task Without_the_ID_in_the_data_folder_there_is_no_lease()
    {
        await using var emulator = await TestEmulator.StartAsync();

        Assert.Equal(404, (await emulator.Api.SendAsync(HttpMethod.Post, "/__emulator/leases/x/y")).Status);
        Assert.Equal(404, (await emulator.Api.SendAsync(HttpMethod.Delete, "/__emulator/leases/x/y")).Status);
    }

    private static Task<TestEmulator> StartAsync(string? folder = null) =>
        TestEmulator.StartAsync(configure: options => options with { ExitWhenUnused = true }, folder: folder);

    private static string GetAddress(TestEmulator emulator, string lease)
    {
        var file = Path.Combine(emulator.Options.DataDirectory, "emulator.json");
        var id = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file)).Text("id");
        return $"/__emulator/leases/{id}/{lease}";
    }

    private static async Task<HttpResponseMessage> TakeAsync(TestEmulator emulator, string lease)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, emulator.Url + GetAddress(emulator, lease));
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestEmulator.Token);
        return response.EnsureSuccessStatusCode();
    }

    private static Task<ApiResult> SendAsync(TestEmulator emulator, HttpMethod method, string lease) =>
        emulator.Api.SendAsync(method, GetAddress(emulator, lease));

    private static async Task<JsonElement> EndAsync(TestEmulator emulator, string lease) =>
        (await SendAsync(emulator, HttpMethod.Delete, lease)).Ok();
}
