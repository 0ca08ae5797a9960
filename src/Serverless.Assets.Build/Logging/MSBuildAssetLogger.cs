using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Build.Logging;

/// <summary>Passes what the engine reports to MSBuild.</summary>
/// <remarks>
/// GitHub's problem matcher for the .NET SDK recognizes a diagnostic only without a subcategory, and a file only with
/// a line. Of the built-in loggers only the terminal logger shows a help link, so the text ends with it too, as in
/// those of the C# compiler.
/// </remarks>
internal sealed class MSBuildAssetLogger(TaskLoggingHelper log) : IAssetLogger
{
    /// <summary>
    /// MSBuild has no message importance that only a diagnostic log shows. But it logs the inputs of tasks exactly when
    /// there is such a log, or a binary log.
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

    /// <summary>The line in the log begins with the path, which may contain anything that a file name can.</summary>
    private static string? FileOf(Diagnostic diagnostic) =>
        diagnostic.File is { } file ? LogSanitizer.EscapeWhole(file) : null;

    private static int LineOf(Diagnostic diagnostic) => diagnostic.File is null ? 0 : diagnostic.Line;
}
