namespace Serverless.Assets.Diagnostics;

/// <summary>One finding: a code that users can look up and silence, and a text that says what is wrong and what to do.</summary>
/// <param name="Code"><c>SAB</c> and four digits; the first digit is the area (docs/diagnostics.md).</param>
/// <param name="Severity">Whether it fails the run.</param>
/// <param name="Message">One line. Text from outside (file names, answers of the service) in it is escaped.</param>
/// <param name="File">Full path of the file that it is about, when there is one.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, string Message, string? File = null)
{
    /// <summary>Line of <see cref="File"/>, from 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>Where every code has its section.</summary>
    public const string HelpPage =
        "https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md";

    /// <summary>The section of <see cref="HelpPage"/> on this code.</summary>
    public string HelpLink => $"{HelpPage}#{Code.ToLowerInvariant()}";

    internal static Diagnostic Error(string code, SanitizedText message, string? file = null) =>
        new(code, DiagnosticSeverity.Error, message.ToString(), file);

    internal static Diagnostic Warning(string code, SanitizedText message, string? file = null) =>
        new(code, DiagnosticSeverity.Warning, message.ToString(), file);
}
