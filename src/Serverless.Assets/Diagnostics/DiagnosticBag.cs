using System.Collections;

namespace Serverless.Assets.Diagnostics;

/// <summary>
/// Collects the problems that a step finds, so that it reports all of them and not only the first. Keeps them in order
/// and without duplicates: several validators check the same settings, and a file that is uploaded to two paths is
/// checked twice.
/// </summary>
internal sealed class DiagnosticBag : IReadOnlyList<Diagnostic>
{
    private readonly List<Diagnostic> _all = [];
    private readonly HashSet<Diagnostic> _known = [];

    public int Count => _all.Count;

    public bool HasErrors => Errors.Any();

    public IEnumerable<Diagnostic> Errors => _all.Where(problem => problem.Severity == DiagnosticSeverity.Error);

    public Diagnostic this[int index] => _all[index];

    public void Add(Diagnostic problem)
    {
        if (_known.Add(problem))
        {
            _all.Add(problem);
        }
    }

    public void AddRange(IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems)
        {
            Add(problem);
        }
    }

    /// <summary>Throws if there are errors. Does not report warnings: <see cref="Report"/> does.</summary>
    /// <exception cref="AssetException">There are errors. The exception contains all of them.</exception>
    public void ThrowIfErrors()
    {
        if (HasErrors)
        {
            throw new AssetException([.. Errors]);
        }
    }

    /// <summary>Logs the warnings, then throws if there are errors.</summary>
    /// <exception cref="AssetException">There are errors. The exception contains all of them.</exception>
    public void Report(IAssetLogger logger)
    {
        foreach (var warning in _all.Where(problem => problem.Severity == DiagnosticSeverity.Warning))
        {
            logger.Warn(warning);
        }

        ThrowIfErrors();
    }

    public IEnumerator<Diagnostic> GetEnumerator() => _all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
