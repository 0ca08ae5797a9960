namespace Serverless.Assets.Client;

/// <summary>Counts the requests of other runs that were rejected, from one heartbeat of the leader to the next.</summary>
internal sealed class RejectionCount
{
    /// <summary>The number of heartbeats after which all runs have adopted their new parts.</summary>
    private const int Settling = 2;

    private Dictionary<string, RunUsage> _seen = [];
    private int _quiet;

    /// <returns>
    /// Null after runs have come or gone: until all have their new parts, together they may send more than the limit.
    /// </returns>
    public int? Count(IEnumerable<RunUsage> others)
    {
        var now = others.DistinctBy(run => run.Id).ToDictionary(run => run.Id, StringComparer.Ordinal);
        var isSame =
            now.Count == _seen.Count
            && now.Values.All(run => _seen.TryGetValue(run.Id, out var seen) && seen.IsBusy == run.IsBusy);
        var rejected = now.Values.Sum(run =>
            Math.Max(0, run.Rejected - (_seen.GetValueOrDefault(run.Id)?.Rejected ?? 0))
        );
        _seen = now;
        _quiet = isSame ? _quiet + 1 : 0;
        return _quiet < Settling ? null : (int)Math.Min(int.MaxValue, rejected);
    }
}
