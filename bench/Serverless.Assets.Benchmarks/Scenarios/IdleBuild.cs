using System.Globalization;

namespace Serverless.Assets.Benchmarks.Scenarios;

/// <summary>The package's overhead in an up-to-date <c>dotnet build</c> of a project with 5,000 asset files.</summary>
internal sealed class IdleBuild : IScenario
{
    private const int Files = 5000;

    /// <summary>A build takes about a second and varies by 10 percent, but the overhead is about 1 percent.</summary>
    private const int Pairs = 40;

    public string Name => "idle";

    public async Task<IReadOnlyList<Figure>> RunAsync()
    {
        using var with = await IdleProject.CreateAsync(Files, hasPackage: true).ConfigureAwait(false);
        using var without = await IdleProject.CreateAsync(Files, hasPackage: false).ConfigureAwait(false);
        var elapsed = new List<double>();
        var fastest = (With: double.MaxValue, Without: double.MaxValue);
        var counted = new List<double>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            // Alternates, so that other load on the machine and the order affect both equally.
            var first = pair % 2 == 0 ? with : without;
            var second = pair % 2 == 0 ? without : with;
            var one = await first.BuildAsync().ConfigureAwait(false);
            var other = await second.BuildAsync().ConfigureAwait(false);
            var (more, less) = pair % 2 == 0 ? (one, other) : (other, one);
            elapsed.Add(more.Elapsed - less.Elapsed);
            fastest = (Math.Min(fastest.With, more.Elapsed), Math.Min(fastest.Without, less.Elapsed));
            counted.Add(more.Counted - less.Counted);
        }

        return
        [
            Figure.AtMost(
                string.Create(CultureInfo.InvariantCulture, $"{Files} files, dotnet build takes longer by"),
                Median(elapsed),
                20,
                "ms"
            ),
            Figure.AtMost("  the fastest of each", fastest.With - fastest.Without, 20, "ms"),
            Figure.AtMost("  evaluation and targets, as MSBuild counts them", Median(counted), 20, "ms"),
        ];
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
