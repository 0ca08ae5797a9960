using Serverless.Assets.Results;

namespace Serverless.Assets.Diagnostics;

/// <summary>The run cannot go on. Holds every problem found, not just the first.</summary>
public sealed class AssetException : Exception
{
    internal AssetException(params IReadOnlyList<Diagnostic> diagnostics)
        : base(Join(diagnostics)) => Diagnostics = diagnostics;

    internal AssetException(Diagnostic diagnostic, Exception inner)
        : base($"{diagnostic.Code}: {diagnostic.Message}", inner) => Diagnostics = [diagnostic];

    /// <param name="partialResult">What the operation had done by then; null: it had changed nothing.</param>
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

    /// <summary>At least one, each an error.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>What the operation had done before it failed; null: it had changed nothing.</summary>
    internal OperationResult? PartialResult { get; }

    private static string Join(IEnumerable<Diagnostic> diagnostics) =>
        string.Join(Environment.NewLine, diagnostics.Select(diagnostic => $"{diagnostic.Code}: {diagnostic.Message}"));
}
