namespace Serverless.Assets.Diagnostics;

/// <summary>SAB9xxx: bugs in the tool.</summary>
internal static class UnexpectedDiagnostics
{
    public static Diagnostic Unexpected(Exception exception) =>
        Diagnostic.Error(
            "SAB9001",
            $"Unexpected {exception.GetType().Name}: {exception.Message}. This is a bug in the tool: please report it "
                + $"and attach a log at diagnostic verbosity, which contains no secrets."
        );
}
