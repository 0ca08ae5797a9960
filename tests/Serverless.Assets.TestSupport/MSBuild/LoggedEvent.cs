namespace Serverless.Assets.TestSupport;

/// <summary>An error, a warning or a message that a task logged, with everything that MSBuild shows of it.</summary>
internal sealed record LoggedEvent(
    string Kind,
    string Message,
    string? Code = null,
    string? File = null,
    int Line = 0,
    string? HelpLink = null,
    string? Subcategory = null
)
{
    public static LoggedEvent NoCredentials { get; } = Error("SAB1001", ExpectedMessages.NoCredentials);

    /// <summary>
    /// An error with its help link, also at the end of its message, and without a subcategory. Without a file, it is at
    /// the task.
    /// </summary>
    public static LoggedEvent Error(string code, string message, string? file = null) =>
        Diagnostic("error", code, message, file);

    /// <inheritdoc cref="Error"/>
    public static LoggedEvent Warning(string code, string message, string? file = null) =>
        Diagnostic("warning", code, message, file);

    /// <summary>A message of high importance.</summary>
    public static LoggedEvent High(string message) => new("High", message);

    private static LoggedEvent Diagnostic(string kind, string code, string message, string? file)
    {
        var link = ExpectedMessages.GetHelpLink(code);
        return new LoggedEvent(
            kind,
            $"{message} ({link})",
            code,
            file ?? CapturingBuildEngine.TaskFile,
            file is null ? CapturingBuildEngine.TaskLine : 1,
            link
        );
    }
}
