using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Benchmarks;

internal sealed class SilentLogger : IAssetLogger
{
    public bool IsTraceEnabled => false;

    public void Warn(Diagnostic warning)
    {
        if (warning.Code != "SAB2014") // more files than a Build can contain
        {
            Console.Error.WriteLine($"{warning.Code}: {warning.Message}");
        }
    }

    public void Log(LogLevel level, SanitizedText message) { }
}
