using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Build.Logging;

/// <summary>
/// What the core says, as MSBuild logs it. A diagnostic has no subcategory, and a file has line 1: without both, GitHub's
/// problem matcher for the .NET SDK does not see it.
/// </summary>
internal sealed class MSBuildAssetLogger(TaskLoggingHelper log) : IAssetLogger
{
    public bool IsTraceEnabled => log.LogsMessagesOfImportance(MessageImportance.Low);

    public void Warn(Diagnostic warning) =>
        log.LogWarning(null, warning.Code, null, warning.HelpLink, FileOf(warning), LineOf(warning), 0, 0, 0, "{0}", warning.Message);

    public void Error(Diagnostic error) =>
        log.LogError(null, error.Code, null, error.HelpLink, FileOf(error), LineOf(error), 0, 0, 0, "{0}", error.Message);

    public void Log(LogLevel level, SafeText message) => log.LogMessage(
        level switch
        {
            LogLevel.Summary or LogLevel.Progress => MessageImportance.High,
            _ => MessageImportance.Low,
        },
        "{0}",
        message.ToString());

    /// <summary>It begins the line, and who names files may be anybody.</summary>
    private static string? FileOf(Diagnostic diagnostic) => diagnostic.File is { } file ? Untrusted.EscapeWhole(file) : null;

    private static int LineOf(Diagnostic diagnostic) => diagnostic.File is null ? 0 : 1;
}
