namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>1,000 new files, and 40 requests of 100 ms at a time; after two seconds only 15, for two seconds.</summary>
internal sealed class ChangingLimit : IScenario
{
    private const int Files = 1000;
    private const int Runs = 3;

    /// <summary>800 requests in the first two seconds, 300 in the next two, then 900 at 400 per second.</summary>
    private const double Ideal = 6.25;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    public string Name => "changing";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        workspace.WriteFiles(Files, 1024);
        await workspace.UploadAsync("warm-up").ConfigureAwait(false);
        var runs = new List<Throttled>();
        for (var run = 0; run < Runs; run++)
        {
            var service = $"changing-{run}";
            await SetAllowedAsync(workspace, 40).ConfigureAwait(false);
            runs.Add(
                await workspace
                    .MeasureAsync(() => Task.WhenAll(workspace.UploadAsync(service), ChangeAsync(workspace)))
                    .ConfigureAwait(false)
            );
            await workspace.ResetAsync(service).ConfigureAwait(false);
        }

        return Throttled.Compare("40 allowed, then 15, then 40", runs, Ideal, timeGoal: 1.25, shareGoal: 5);
    }

    private static async Task ChangeAsync(Workspace workspace)
    {
        await Task.Delay(Period).ConfigureAwait(false);
        await SetAllowedAsync(workspace, 15).ConfigureAwait(false);
        await Task.Delay(Period).ConfigureAwait(false);
        await SetAllowedAsync(workspace, 40).ConfigureAwait(false);
    }

    private static Task SetAllowedAsync(Workspace workspace, int allowed) =>
        workspace.Emulator.SetFaultsAsync($$"""{"latencyMs": 100, "allowedConcurrency": {{allowed}}}""");
}
