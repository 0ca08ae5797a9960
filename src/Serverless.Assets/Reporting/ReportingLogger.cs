using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting;

/// <summary>Passes everything on, and keeps the warnings for the report.</summary>
public sealed class ReportingLogger(IAssetLogger inner, RunRecorder recorder) : IAssetLogger
{
    public bool IsTraceEnabled => inner.IsTraceEnabled;

    public void Warn(Diagnostic warning)
    {
        recorder.OnWarning(warning);
        inner.Warn(warning);
    }

    public void Log(LogLevel level, SafeText message) => inner.Log(level, message);
}
