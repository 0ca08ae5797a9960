using Serverless.Assets.Settings;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Diagnostics;

/// <summary>
/// An error or warning: a code that users can look up and suppress, and a message with cause and remedy.
/// </summary>
/// <param name="Code"><c>SAB</c> and four digits; the first digit is the area (docs/diagnostics.md).</param>
/// <param name="Severity">An error fails the run.</param>
/// <param name="Text">The message, on one line.</param>
/// <param name="File">The full path of the affected file, if any.</param>
internal sealed record Diagnostic(string Code, DiagnosticSeverity Severity, SanitizedText Text, string? File = null)
{
    /// <summary>The message in MSBuild's terms.</summary>
    public string Message => Text.ToString();

    /// <summary>The line in <see cref="File"/>, starting at 1.</summary>
    public int Line { get; init; } = 1;

    /// <summary>The documentation of all codes.</summary>
    public const string HelpPage =
        "https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md";

    /// <summary>The section of <see cref="HelpPage"/> about this code.</summary>
    public string HelpLink => $"{HelpPage}#{Code.ToLowerInvariant()}";

    /// <summary>Renders the message in the terms of a front.</summary>
    public string Render(FrontTerms terms) => Text.Render(terms);

    internal static Diagnostic Error(string code, SanitizedText text, string? file = null) =>
        new(code, DiagnosticSeverity.Error, text, file);

    internal static Diagnostic Warning(string code, SanitizedText text, string? file = null) =>
        new(code, DiagnosticSeverity.Warning, text, file);

    /// <summary>
    /// A violation of a published limit that may not apply to the account. The user decides on its severity.
    /// </summary>
    internal static Diagnostic LimitExceeded(
        ServiceLimits limits,
        string code,
        SanitizedText text,
        string? file = null
    ) =>
        limits == ServiceLimits.Warn
            ? Warning(code, text, file)
            : Error(
                code,
                $"{text} If the limits of your account are different, set "
                    + $"{SettingTable.ServiceLimits.SetTo(ServiceLimits.Warn)}.",
                file
            );
}

internal enum DiagnosticSeverity
{
    Warning,
    Error,
}
