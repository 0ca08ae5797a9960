namespace Serverless.Assets.Diagnostics;

public enum DiagnosticSeverity
{
    Warning,
    Error,
}
