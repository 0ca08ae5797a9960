using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting;

/// <summary>Passes everything on, and keeps the warnings for the report.</summary>
/// <param name="isError">Whether a warning of this code is to fail the run; null: none is.</param>
public sealed class ReportingLogger(IAssetLogger inner, RunRecorder recorder, Func<string, bool>? isError = null)
    : IAssetLogger
{
    public bool IsTraceEnabled => inner.IsTraceEnabled;

    public void Warn(Diagnostic warning)
    {
        if (isError?.Invoke(warning.Code) == true)
        {
            recorder.OnFailure([warning]);
        }
        else
        {
            recorder.OnWarning(warning);
        }

        inner.Warn(warning);
    }

    public void Log(LogLevel level, SanitizedText message) => inner.Log(level, message);
}
