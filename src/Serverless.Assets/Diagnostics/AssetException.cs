namespace Serverless.Assets.Diagnostics;

/// <summary>The run cannot go on. Holds every problem found, not just the first.</summary>
public sealed class AssetException : Exception
{
    internal AssetException(params IReadOnlyList<Diagnostic> diagnostics)
        : base(string.Join(Environment.NewLine, diagnostics.Select(d => $"{d.Code}: {d.Message}"))) =>
        Diagnostics = diagnostics;

    internal AssetException(Diagnostic diagnostic, Exception inner)
        : base($"{diagnostic.Code}: {diagnostic.Message}", inner) => Diagnostics = [diagnostic];

    /// <summary>At least one, each an error.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
