namespace Serverless.Assets.Diagnostics;

/// <summary>SAB9xxx: what should not happen.</summary>
internal static class UnexpectedDiagnostics
{
    public static Diagnostic Unexpected(Exception exception) =>
        Diagnostic.Error(
            "SAB9001",
            $"Unexpected {exception.GetType().Name}: {exception.Message}. This is a defect of the tool: please report it with the log at diagnostic verbosity, which holds no secrets."
        );
}
