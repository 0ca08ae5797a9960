namespace Serverless.Assets.Benchmarks;

/// <summary>How long a run took, and which share of its requests got 429.</summary>
/// <param name="Share">In percent.</param>
internal sealed record Throttled(double Seconds, double Share)
{
    /// <summary>The median of each figure, with its goal.</summary>
    /// <param name="ideal">The seconds that the service's limit allows.</param>
    public static IReadOnlyList<Figure> Compare(
        string what,
        IReadOnlyList<Throttled> runs,
        double ideal,
        double timeGoal,
        double shareGoal
    ) =>
        [
            Figure.AtMost(
                $"{what}: time relative to the limit",
                Median(runs, run => run.Seconds) / ideal,
                timeGoal,
                "x"
            ),
            Figure.AtMost("  responses 429", Median(runs, run => run.Share), shareGoal, "%"),
        ];

    private static double Median(IReadOnlyList<Throttled> runs, Func<Throttled, double> figure) =>
        runs.Select(figure).Order().ElementAt(runs.Count / 2);
}
