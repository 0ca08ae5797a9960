using System.Globalization;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>
/// Two pipelines that use one Service. One has uploaded files an hour ago, and has not deployed them yet, when the other one
/// prunes. Both have left files behind that nobody has deployed for days.
/// </summary>
internal sealed class Prune : IScenario
{
    private const int Files = 100;

    public string Name => "prune";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var pruning = await Workspace.CreateAsync().ConfigureAwait(false);
        var abandoned = pruning.CreateChild("abandoned");
        var waiting = pruning.CreateChild("waiting");
        pruning.WriteFiles(Files, 1024);
        abandoned.WriteFiles(Files, 1024, first: Files);
        waiting.WriteFiles(Files, 1024, first: 2 * Files);
        await ShiftClockAsync(pruning, TimeSpan.FromDays(-4)).ConfigureAwait(false);
        await abandoned.UploadAsync().ConfigureAwait(false);
        await pruning.UploadAsync().ConfigureAwait(false);
        await pruning.DeployAsync().ConfigureAwait(false);
        await ShiftClockAsync(pruning, TimeSpan.FromHours(-1)).ConfigureAwait(false);
        await waiting.UploadAsync().ConfigureAwait(false);
        await ShiftClockAsync(pruning, TimeSpan.Zero).ConfigureAwait(false);
        await pruning.Emulator.ResetStatsAsync().ConfigureAwait(false);

        await pruning.PruneAsync(olderThan: "3d").ConfigureAwait(false);

        var stats = await pruning.Emulator.StatsAsync().ConfigureAwait(false);
        var remaining = await GetAssetNamesAsync(pruning.Emulator).ConfigureAwait(false);
        return
        [
            Figure.AtMost("uploaded an hour ago by another pipeline: deleted", CountDeleted(2), 0, "files"),
            Figure.AtMost("live: deleted", CountDeleted(0), 0, "files"),
            Figure.AtLeast("uploaded 4 days ago and never deployed: deleted", CountDeleted(1), Files, "files"),
            Figure.AtMost("  with", stats.GetProperty("requests").GetDouble(), 5 * Files + 10, "requests"),
        ];

        int CountDeleted(int group) =>
            Enumerable.Range(group * Files, Files).Count(number => !remaining.Contains(Workspace.GetPath(number)));
    }

    private static Task ShiftClockAsync(Workspace workspace, TimeSpan shift) =>
        workspace.Emulator.SetFaultsAsync(
            string.Create(CultureInfo.InvariantCulture, $$"""{ "clockShiftSeconds": {{shift.TotalSeconds}} }""")
        );

    private static async Task<HashSet<string>> GetAssetNamesAsync(EmulatorProcess emulator)
    {
        var assets = await emulator.GetAsync("/v1/Services/bench/Assets?PageSize=1000").ConfigureAwait(false);
        return
        [
            .. assets
                .GetProperty("assets")
                .EnumerateArray()
                .Select(asset => asset.GetProperty("friendly_name").GetString()!),
        ];
    }
}
