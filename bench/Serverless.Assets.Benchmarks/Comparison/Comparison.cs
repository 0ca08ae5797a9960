using System.Diagnostics;
using System.Globalization;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>
/// Runs every contender in every case, alternating, so that other load on the machine affects all of them. Each run has a
/// folder and a Service of its own.
/// </summary>
internal sealed class Comparison(IReadOnlyList<IContender> contenders, IReadOnlyList<ComparedCase> cases, int rounds)
    : IDisposable
{
    /// <summary>Longer than any request timeout of a contender that has one.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(3);

    private readonly string _root = Directory.CreateTempSubdirectory("serverless-assets-compare-").FullName;
    private int _runs;

    /// <summary>Gets the runs of each contender in each case.</summary>
    /// <param name="emulator">Runs in a process of its own.</param>
    /// <param name="log">Gets a line for each run.</param>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(EmulatorProcess emulator, Action<string> log)
    {
        var results = cases.ToDictionary(
            compared => compared,
            _ => contenders.ToDictionary(contender => contender, _ => new List<ContenderRun>())
        );
        for (var round = 0; round < rounds; round++)
        {
            foreach (var compared in cases.Where(compared => round == 0 || !compared.IsMeasuredOnce))
            {
                foreach (var contender in contenders)
                {
                    var run = await MeasureAsync(contender, compared, emulator).ConfigureAwait(false);
                    results[compared][contender].Add(run);
                    log(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{compared.Name} {contender.Name}: {run.Seconds:f2} s, {run.Requests} requests, {run.PeakMemory:f0} MB {run.Failure}"
                        )
                    );
                }
            }
        }

        return
        [
            .. cases.Select(compared => new CaseResult(
                compared,
                [.. contenders.Select(contender => new ContenderResult(contender, results[compared][contender]))]
            )),
        ];
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task<ContenderRun> MeasureAsync(IContender contender, ComparedCase compared, EmulatorProcess emulator)
    {
        var service = string.Create(CultureInfo.InvariantCulture, $"compare-{++_runs}");
        using var site = new ComparedSite(Path.Combine(_root, service));
        site.WriteFiles(compared.Files, compared.Size, seed: _runs);
        await contender.PrepareAsync(site).ConfigureAwait(false);
        if (compared.Preparation != Preparation.None)
        {
            await emulator.SetFaultsAsync("{}").ConfigureAwait(false);
            var (_, _, failure) = await CommandRunner.RunAsync(Deploy(), Timeout).ConfigureAwait(false);
            if (failure is not null)
            {
                throw new InvalidOperationException($"{contender.Name} failed without faults: {failure}");
            }
        }

        if (compared.Preparation == Preparation.DeployedThenChanged)
        {
            site.WriteFile(compared.Files / 2, compared.Size, seed: -_runs);
        }

        await emulator
            .SetFaultsAsync($$"""{"latencyMs": {{ComparedCase.LatencyMs}},{{compared.Faults}}}""")
            .ConfigureAwait(false);
        await emulator.ResetStatsAsync().ConfigureAwait(false);
        var measured = await CommandRunner.RunAsync(Deploy(), Timeout).ConfigureAwait(false);
        var requests = (await emulator.StatsAsync().ConfigureAwait(false)).GetProperty("requests").GetInt32();

        await emulator.SetFaultsAsync("{}").ConfigureAwait(false);
        var difference = await DeployedFiles.FindDifferenceAsync(emulator, service, site.Hashes).ConfigureAwait(false);
        await emulator.DeleteIfExistsAsync($"/v1/Services/{service}").ConfigureAwait(false);
        return new ContenderRun(measured.Seconds, requests, measured.PeakMemory, measured.Failure ?? difference);

        IEnumerable<ProcessStartInfo> Deploy() => contender.Deploy(site, compared, service, emulator.Address);
    }
}
