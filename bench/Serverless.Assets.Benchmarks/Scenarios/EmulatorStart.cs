using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>The time from the start of the emulator's process to its first response, in the median of several starts.</summary>
internal sealed class EmulatorStart : IScenario
{
    private const int Starts = 9;

    public string Name => "emulator-start";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var times = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            var clock = Stopwatch.StartNew();
            using var emulator = await EmulatorProcess.StartAsync().ConfigureAwait(false);
            await emulator.GetAsync("/v1/Services").ConfigureAwait(false);
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return [Figure.AtMost("start to first response, median", times[Starts / 2], 500, "ms")];
    }
}
