using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;

namespace Serverless.Assets.Build.Logging;

/// <summary>Passes the engine's messages to MSBuild.</summary>
/// <remarks>
/// GitHub's problem matcher for the .NET SDK requires that a diagnostic has no subcategory and that a file has a line.
/// The terminal logger is the only built-in one that shows help links, so the message also ends with it, as in messages
/// of the C# compiler.
/// </remarks>
internal sealed class MSBuildAssetLogger(TaskLoggingHelper log) : IFrontLogger
{
    /// <summary>
    /// Whether any logger shows detailed messages. No message importance is limited to diagnostic logs, but MSBuild
    /// logs task inputs exactly if there is a diagnostic or binary log.
    /// </summary>
    public bool IsTraceEnabled => log.IsTaskInputLoggingEnabled;

    public void Warn(Diagnostic warning) =>
        log.LogWarning(
            null,
            warning.Code,
            null,
            warning.HelpLink,
            GetFile(warning),
            GetLine(warning),
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
            GetFile(error),
            GetLine(error),
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
            log.LogMessage(GetImportance(level), "{0}", message.Render(FrontTerms.MSBuild));
        }
    }

    private static MessageImportance GetImportance(LogLevel level) =>
        level switch
        {
            LogLevel.Summary or LogLevel.Progress => MessageImportance.High,
            _ => MessageImportance.Low,
        };

    /// <summary>
    /// Sanitizes the path, because the log line starts with it and a file name can contain control characters.
    /// </summary>
    private static string? GetFile(Diagnostic diagnostic) =>
        diagnostic.File is { } file ? LogSanitizer.EscapeWhole(file) : null;

    private static int GetLine(Diagnostic diagnostic) => diagnostic.File is null ? 0 : diagnostic.Line;
}
