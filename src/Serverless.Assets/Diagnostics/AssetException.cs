using Serverless.Assets.Results;

namespace Serverless.Assets.Diagnostics;

/// <summary>Ends a run.</summary>
internal sealed class AssetException : Exception
{
    internal AssetException(params IReadOnlyList<Diagnostic> diagnostics)
        : base(Join(diagnostics)) => Diagnostics = diagnostics;

    internal AssetException(Diagnostic diagnostic, Exception inner)
        : base($"{diagnostic.Code}: {diagnostic.Message}", inner) => Diagnostics = [diagnostic];

    /// <param name="partialResult">What the operation had done by then; null if it had changed nothing.</param>
    internal AssetException(
        IReadOnlyList<Diagnostic> diagnostics,
        OperationResult? partialResult,
        Exception? inner = null
    )
        : base(Join(diagnostics), inner)
    {
        Diagnostics = diagnostics;
        PartialResult = partialResult;
    }

    /// <summary>All errors that were found; at least one.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>What the operation had done before it failed; null if it had changed nothing.</summary>
    internal OperationResult? PartialResult { get; }

    private static string Join(IEnumerable<Diagnostic> diagnostics) =>
        string.Join(Environment.NewLine, diagnostics.Select(diagnostic => $"{diagnostic.Code}: {diagnostic.Message}"));
}
