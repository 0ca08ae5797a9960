namespace Serverless.Assets.Build.Tests.Support;

/// <summary>An error, a warning or a message, with all that MSBuild shows of it.</summary>
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
    private const string HelpPage =
        "https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md";

    /// <summary>An error as it should be: with its help link, also in its text, without a subcategory. About no file, it is at the task.</summary>
    public static LoggedEvent Error(string code, string message, string? file = null) =>
        Diagnostic("error", code, message, file);

    public static LoggedEvent Warning(string code, string message, string? file = null) =>
        Diagnostic("warning", code, message, file);

    public static LoggedEvent High(string message) => new("High", message);

    private static LoggedEvent Diagnostic(string kind, string code, string message, string? file) =>
        new(
            kind,
            $"{message} ({HelpPage}#{code.ToLowerInvariant()})",
            code,
            file ?? CapturingBuildEngine.TaskFile,
            file is null ? CapturingBuildEngine.TaskLine : 1,
            $"{HelpPage}#{code.ToLowerInvariant()}"
        );
}
