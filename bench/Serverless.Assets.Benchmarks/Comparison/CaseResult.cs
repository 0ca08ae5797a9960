namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>The runs of a case, by contender.</summary>
internal sealed record CaseResult(ComparedCase Case, IReadOnlyList<ContenderResult> Contenders)
{
    /// <param name="name">Of a contender.</param>
    public ContenderResult? Find(string name) => Contenders.FirstOrDefault(result => result.Contender.Name == name);
}

/// <param name="Runs">In their order.</param>
internal sealed record ContenderResult(IContender Contender, IReadOnlyList<ContenderRun> Runs)
{
    public IReadOnlyList<ContenderRun> Complete { get; } = [.. Runs.Where(run => run.Failure is null)];

    /// <summary>The median of the complete runs; null if there are none.</summary>
    public double? Seconds { get; } = Median([.. Runs.Where(run => run.Failure is null).Select(run => run.Seconds)]);

    public double? Requests => Median([.. Runs.Select(run => (double)run.Requests)]);

    public double? PeakMemory => Median([.. Runs.Select(run => run.PeakMemory)]);

    private static double? Median(List<double> values)
    {
        values.Sort();
        return values.Count == 0 ? null : (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}

/// <summary>One measured deployment.</summary>
/// <param name="Requests">That the service received.</param>
/// <param name="PeakMemory">The largest physical memory of a command in MB, without its child processes.</param>
/// <param name="Failure">Why it failed, or how the site differs from the files; null if neither.</param>
internal sealed record ContenderRun(double Seconds, int Requests, double PeakMemory, string? Failure);
