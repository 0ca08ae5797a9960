using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.TestSupport;

/// <summary>Compares whole lists of diagnostics, because an unexpected one matters most.</summary>
internal static class DiagnosticAssert
{
    /// <summary>Asserts that there are exactly these, in this order.</summary>
    public static void Same(IEnumerable<Diagnostic> actual, params Diagnostic[] expected) =>
        Assert.Equal(expected, actual);

    /// <summary>
    /// Asserts that there is exactly one, with this code, severity and file, and a message with all these words.
    /// </summary>
    public static void Single(
        IReadOnlyCollection<Diagnostic> actual,
        string code,
        DiagnosticSeverity severity,
        string? file,
        params string[] words
    )
    {
        var only = Assert.Single(actual);
        Assert.Equal((code, severity, file), (only.Code, only.Severity, only.File));
        Assert.All(words, word => Assert.Contains(word, only.Message, StringComparison.Ordinal));
    }

    public static void SingleError(
        IReadOnlyCollection<Diagnostic> actual,
        string code,
        string? file,
        params string[] words
    ) => Single(actual, code, DiagnosticSeverity.Error, file, words);

    public static void SingleWarning(
        IReadOnlyCollection<Diagnostic> actual,
        string code,
        string? file,
        params string[] words
    ) => Single(actual, code, DiagnosticSeverity.Warning, file, words);
}
