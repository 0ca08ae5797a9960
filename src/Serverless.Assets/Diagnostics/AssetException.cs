using Serverless.Assets.Results;

namespace Serverless.Assets.Diagnostics;

/// <summary>Ends a run.</summary>
internal sealed class AssetException : Exception
{
    public AssetException(params IReadOnlyList<Diagnostic> diagnostics)
        : base(Join(diagnostics)) => Diagnostics = diagnostics;

    public AssetException(Diagnostic diagnostic, Exception inner)
        : this([diagnostic], partialResult: null, inner) { }

    /// <param name="partialResult">What the operation had changed by then; null: nothing.</param>
    public AssetException(IReadOnlyList<Diagnostic> diagnostics, OperationResult? partialResult, Exception inner)
        : base(Join(diagnostics), inner)
    {
        Diagnostics = diagnostics;
        PartialResult = partialResult;
    }

    /// <summary>All errors that were found; at least one.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>What the operation had changed before it failed; null: nothing.</summary>
    public OperationResult? PartialResult { get; }

    /// <summary>The exception that <see cref="Diagnostics"/> report as a bug in this program; null: none.</summary>
    public Exception? Unexpected { get; init; }

    private static string Join(IEnumerable<Diagnostic> diagnostics) =>
        string.Join(Environment.NewLine, diagnostics.Select(diagnostic => $"{diagnostic.Code}: {diagnostic.Message}"));
}
