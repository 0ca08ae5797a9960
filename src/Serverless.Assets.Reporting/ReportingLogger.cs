using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Reporting;

/// <summary>A logger that also adds warnings to the reports.</summary>
/// <param name="isError">Whether a warning with this code fails the run; null if none does.</param>
internal sealed class ReportingLogger(IAssetLogger inner, RunReporter reporter, Func<string, bool>? isError = null)
    : IAssetLogger
{
    public bool IsTraceEnabled => inner.IsTraceEnabled;

    public void Warn(Diagnostic warning)
    {
        if (isError?.Invoke(warning.Code) == true)
        {
            reporter.Add(new RunFailure([warning]));
        }
        else
        {
            reporter.AddWarning(warning);
        }

        inner.Warn(warning);
    }

    public void Log(LogLevel level, SanitizedText message) => inner.Log(level, message);
}
