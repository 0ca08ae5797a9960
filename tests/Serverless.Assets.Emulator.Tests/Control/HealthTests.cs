using System.Net;

namespace Serverless.Assets.Emulator.Tests.Control;

public sealed class HealthTests
{
    /// <summary>Whoever waits for the emulator has no credentials, and does not change the statistics.</summary>
    [Fact]
    public async Task The_emulator_is_healthy_when_it_answers()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri($"{emulator.Url}/__emulator/health"), TestEmulator.Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"status":"ok"}""", await response.Content.ReadAsStringAsync(TestEmulator.Token));
        Assert.Equal(0, (await emulator.GetStatsAsync()).GetProperty("requests").GetInt32());
    }
}
