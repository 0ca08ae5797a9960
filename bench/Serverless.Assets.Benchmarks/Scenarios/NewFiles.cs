namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// 1,000 new files, so 2,000 requests of 100 ms, on services that limit requests in one way or another; the median of
/// several runs for each service.
/// </summary>
/// <param name="ideal">The seconds that the limit allows.</param>
/// <param name="services">What to show for each service, and its fault settings as JSON without braces.</param>
/// <param name="timeGoal">The time relative to the limit.</param>
/// <param name="shareGoal">The share of 429s, in percent.</param>
/// <param name="isRepeated">
/// Whether each run follows one that has found the limit, with other files and the same upload state.
/// </param>
internal sealed class NewFiles(
    string name,
    double ideal,
    IReadOnlyList<(string What, string Faults)> services,
    double timeGoal,
    double shareGoal,
    int runs = 1,
    bool isRepeated = false
) : IScenario
{
    private const int Files = 1000;
    private const int WarmUps = 3;

    public string Name => name;

    /// <summary>Each way in which responses can report the requests in flight, and 429s can be fast or slow.</summary>
    /// <param name="limit">Fault settings as JSON without braces.</param>
    public static IReadOnlyList<(string What, string Faults)> CreateVariants(string limit) =>
        [
            .. from header in (string[])
                ["", "atArrival", "atArrivalWithRejected", "atResponse", "oneSecondBeforeArrival"]
            from rejection in (string[])["throttledLatencyMs", "", "throttledOccupiesSlot"]
            select (
                $"header {(header.Length == 0 ? "none" : header)}, "
                    + rejection switch
                    {
                        "throttledLatencyMs" => "fast 429",
                        "throttledOccupiesSlot" => "slow 429, takes a slot",
                        _ => "slow 429",
                    },
                limit
                    + (
                        header.Length == 0
                            ? ""
                            : $$""", "concurrencyHeader": true, "concurrencyHeaderCounts": "{{header}}" """
                    )
                    + rejection switch
                    {
                        "throttledLatencyMs" => """, "throttledLatencyMs": 0""",
                        "throttledOccupiesSlot" => """, "throttledOccupiesSlot": true""",
                        _ => "",
                    }
            ),
        ];

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var workspace = await Workspace.CreateAsync().ConfigureAwait(false);
        workspace.WriteFiles(Files, 1024);

        // Code that has run often is compiled, in both processes: what is measured is the algorithm, not the runtime's start.
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            await workspace.UploadAsync($"warm-up-{warmUp}").ConfigureAwait(false);
        }

        var figures = new List<Figure>();
        foreach (var (what, faults) in services)
        {
            var measured = new List<Throttled>();
            for (var run = 0; run < runs; run++)
            {
                var service = $"new-{figures.Count}-{run}";
                measured.Add(await MeasureAsync(workspace, service, faults).ConfigureAwait(false));
                await workspace.ResetAsync(service).ConfigureAwait(false);
            }

            figures.AddRange(Throttled.Compare(what, measured, ideal, timeGoal, shareGoal));
        }

        return figures;
    }

    private async Task<Throttled> MeasureAsync(Workspace workspace, string service, string faults)
    {
        // Every run has files of its own: some file systems are slow for a while after many files were deleted.
        var files = workspace.CreateChild(service);
        files.WriteFiles(Files, 1024);
        await workspace.Emulator.SetFaultsAsync($$"""{"latencyMs": 100, {{faults}}}""").ConfigureAwait(false);
        if (isRepeated)
        {
            await files.UploadAsync(service).ConfigureAwait(false);
            files.RemoveFiles();
            files.WriteFiles(Files, 1024, first: Files);
        }

        return await workspace.MeasureAsync(() => files.UploadAsync(service)).ConfigureAwait(false);
    }
}
