using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Build.Logging;

/// <summary>
/// What the core says, as MSBuild logs it. A diagnostic has no subcategory, and a file has line 1: without both, GitHub's
/// problem matcher for the .NET SDK does not see it. Only the terminal logger shows a help link, so the text ends with it
/// too, as those of the C# compiler do.
/// </summary>
internal sealed class MSBuildAssetLogger(TaskLoggingHelper log) : IAssetLogger
{
    /// <summary>
    /// MSBuild has no importance that only a diagnostic log shows, but it tells whether there is such a log: it is then that
    /// it logs the inputs of tasks. A binary log counts as one.
    /// </summary>
    public bool IsTraceEnabled => log.IsTaskInputLoggingEnabled;

    public void Warn(Diagnostic warning) =>
        log.LogWarning(
            null,
            warning.Code,
            null,
            warning.HelpLink,
            FileOf(warning),
            LineOf(warning),
            0,
            0,
            0,
            "{0} ({1})",
            warning.Render(FrontTerms.MSBuild),
            warning.HelpLink
        );

    public void Error(Diagnostic error) =>
        log.LogError(
            null,
            error.Code,
            null,
            error.HelpLink,
            FileOf(error),
            LineOf(error),
            0,
            0,
            0,
            "{0} ({1})",
            error.Render(FrontTerms.MSBuild),
            error.HelpLink
        );

    public void Log(LogLevel level, SanitizedText message)
    {
        if (level != LogLevel.Trace || IsTraceEnabled)
        {
            log.LogMessage(ImportanceOf(level), "{0}", message.Render(FrontTerms.MSBuild));
        }
    }

    private static MessageImportance ImportanceOf(LogLevel level) =>
        level switch
        {
            LogLevel.Summary or LogLevel.Progress => MessageImportance.High,
            _ => MessageImportance.Low,
        };

    /// <summary>It begins the line, and who names files may be anybody.</summary>
    private static string? FileOf(Diagnostic diagnostic) =>
        diagnostic.File is { } file ? LogSanitizer.EscapeWhole(file) : null;

    private static int LineOf(Diagnostic diagnostic) => diagnostic.File is null ? 0 : diagnostic.Line;
}
