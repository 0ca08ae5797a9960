namespace Serverless.Assets.Emulator.Tests.Faults;

public sealed class RepeatabilityTests
{
    private const int Files = 100;

    [Fact]
    public async Task The_same_requests_fail_in_whatever_order_they_come()
    {
        var oneByOne = await FailedAsync(seed: 1, width: 1);
        var atOnce = await FailedAsync(seed: 1, width: 8);
        var otherSeed = await FailedAsync(seed: 2, width: 1);

        Assert.Equal(oneByOne, atOnce);
        Assert.NotEqual(oneByOne, otherSeed);
        Assert.InRange(oneByOne.Length, 2 * Files * 0.2, 2 * Files * 0.4);
    }

    [Fact]
    public async Task A_request_that_is_tried_again_gets_another_chance()
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Seed = 3, Rate500 = 0.5 });

        var answers = new List<int>();
        for (var i = 0; i < 40; i++)
        {
            answers.Add((await emulator.Api.GetAsync("/v1/Services")).Status);
        }

        Assert.InRange(answers.Count(status => status == 500), 10, 30);
        Assert.All(answers, status => Assert.Contains(status, new[] { 200, 500 }));
    }

    [Fact]
    public async Task Requests_for_Variables_are_told_apart_by_their_key()
    {
        string[] keys = [.. Enumerable.Range(0, 40).Select(i => $"KEY_{i}")];

        var failed = await FailedVariablesAsync(keys);

        Assert.All(
            new[] { "create", "fetch" },
            what => Assert.InRange(failed.Count(request => request.StartsWith(what, StringComparison.Ordinal)), 10, 30)
        );
        Assert.Equal(failed, await FailedVariablesAsync([.. keys.Reverse()]));
    }

    /// <summary>Creates and fetches Variables, and returns what failed.</summary>
    private static async Task<string[]> FailedVariablesAsync(string[] keys)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var environment = (await emulator.Api.CreateEnvironmentAsync(service)).Sid();
        var address = $"/v1/Services/{service}/Environments/{environment}/Variables";
        var failed = new List<string>();
        foreach (var key in keys)
        {
            emulator.Faults = new EmulatorFaults();
            var variable = await emulator.Api.CreateVariableAsync(service, environment, key, "x");
            emulator.Faults = new EmulatorFaults { Seed = 1, Rate500 = 0.5 };
            Record("fetch", await emulator.Api.GetAsync($"{address}/{variable.Sid()}"));
            Record("create", await emulator.Api.PostAsync(address, ("Key", key), ("Value", "x")));

            void Record(string what, ApiResult answer)
            {
                if (answer.Status == 500)
                {
                    failed.Add($"{what} {key}");
                }
            }
        }

        return [.. failed.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Lists and uploads versions of several Assets, a number of them at a time, and returns what failed.
    /// </summary>
    private static async Task<string[]> FailedAsync(int seed, int width)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var assets = new Dictionary<string, string>();
        for (var i = 0; i < Files; i++)
        {
            assets.Add($"/{i}", await emulator.Api.CreateAssetAsync(service, $"/{i}"));
        }

        emulator.Server.Faults = new EmulatorFaults { Seed = seed, Rate500 = 0.3 };
        var failed = new System.Collections.Concurrent.ConcurrentBag<string>();
        await Parallel.ForEachAsync(
            width == 1 ? assets : assets.Reverse(),
            new ParallelOptions { MaxDegreeOfParallelism = width },
            async (asset, _) =>
            {
                var list = await emulator.Api.GetAsync($"/v1/Services/{service}/Assets/{asset.Value}/Versions");
                var upload = await emulator.Api.UploadAsync(service, asset.Value, asset.Key, "public", [1]);
                Record("list", list);
                Record("upload", upload);

                void Record(string what, ApiResult answer)
                {
                    if (answer.Status == 500)
                    {
                        failed.Add($"{what} {asset.Key}");
                    }
                }
            }
        );
        return [.. failed.Order(StringComparer.Ordinal)];
    }
}
