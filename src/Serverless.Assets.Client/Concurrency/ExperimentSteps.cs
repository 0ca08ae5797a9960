namespace Serverless.Assets.Client;

/// <summary>
/// Decides by how much an experiment raises the limit: by half the distance to a limit known to be too high, as BIC TCP
/// does, or else by 1, 2, 4 and so on.
/// </summary>
internal sealed class ExperimentSteps
{
    /// <summary>The last step that doubled the one before; 0 if the distance to <see cref="Excess"/> was halved.</summary>
    private int _doubled;

    /// <summary>A limit that was too high; null if there is none, or a higher one has held since.</summary>
    public int? Excess { get; set; }

    public bool IsBelowExcess(int limit) => limit < Excess - 1;

    /// <param name="limit">The limit that has held.</param>
    /// <param name="isFirst">Whether no other experiment has just succeeded.</param>
    public int GetNext(int limit, bool isFirst)
    {
        if (IsBelowExcess(limit))
        {
            _doubled = 0;
            return Math.Max(1, (Excess!.Value - limit) / 2);
        }

        Excess = null;
        _doubled = isFirst || _doubled == 0 ? 1 : Math.Min(2 * _doubled, limit);
        return _doubled;
    }
}
