using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>What an emulator was asked since its start or the last reset of its statistics.</summary>
internal static class EmulatorStatistics
{
    /// <summary>The number of API requests, including those that were refused.</summary>
    public static async Task<int> CountAllRequestsAsync(this TestEmulator emulator) =>
        (await emulator.GetStatsAsync()).GetProperty("requests").GetInt32();

    /// <summary>The number of requests by operation, such as <c>Asset.Create</c>.</summary>
    public static async Task<Dictionary<string, int>> CountRequestsAsync(this TestEmulator emulator) =>
        GetCounts(await emulator.GetStatsAsync(), "byOperation");

    /// <summary>The number of faults by name, such as <c>429</c> or <c>hang</c>.</summary>
    public static async Task<Dictionary<string, int>> CountFaultsAsync(this TestEmulator emulator) =>
        GetCounts(await emulator.GetStatsAsync(), "faults");

    public static async Task<int> CountUploadsAsync(this TestEmulator emulator) =>
        CountUploads(await emulator.GetStatsAsync());

    public static async Task<int> GetMostInFlightAsync(this TestEmulator emulator) =>
        (await emulator.GetStatsAsync()).GetProperty("mostInFlight").GetInt32();

    /// <summary>The requests by operation, sorted, such as <c>Asset.Create 1</c>. Resets the statistics.</summary>
    public static async Task<string[]> TakeRequestsAsync(this TestEmulator emulator)
    {
        var counts = await emulator.CountRequestsAsync();
        await emulator.ResetStatsAsync();
        return [.. counts.Select(operation => $"{operation.Key} {operation.Value}")];
    }

    /// <summary>Waits until so many requests of any kind have arrived.</summary>
    /// <inheritdoc cref="WaitForUploadsAsync"/>
    public static Task WaitForRequestsAsync(this TestEmulator emulator, int count, Task? sender = null) =>
        emulator.WaitForStatsAsync(
            stats => stats.GetProperty("requests").GetInt32() >= count,
            $"{count} requests",
            sender
        );

    /// <summary>Waits until so many uploads have arrived, completed or not.</summary>
    /// <param name="sender">Completes when what sends the requests has ended.</param>
    public static Task WaitForUploadsAsync(this TestEmulator emulator, int count, Task? sender = null) =>
        emulator.WaitForStatsAsync(stats => CountUploads(stats) >= count, $"{count} uploads", sender);

    /// <summary>Waits until a request hangs because of <c>HangNthRequest</c>.</summary>
    public static Task WaitForHangAsync(this TestEmulator emulator) =>
        emulator.WaitForStatsAsync(
            stats => GetCounts(stats, "faults").ContainsKey("hang"),
            "the request that is never answered"
        );

    private static int CountUploads(JsonElement stats) =>
        GetCounts(stats, "byOperation").GetValueOrDefault("AssetVersion.Create");

    private static Dictionary<string, int> GetCounts(JsonElement stats, string name) =>
        stats.GetProperty(name).EnumerateObject().ToDictionary(count => count.Name, count => count.Value.GetInt32());
}
