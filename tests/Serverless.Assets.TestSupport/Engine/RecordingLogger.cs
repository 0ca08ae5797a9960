using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.TestSupport;

/// <summary>Records everything that is logged. It is thread-safe because uploads run in parallel.</summary>
internal sealed class RecordingLogger : IAssetLogger
{
    private readonly Lock _lock = new();
    private readonly List<Diagnostic> _warnings = [];
    private readonly List<(LogLevel Level, string Message)> _messages = [];

    public bool IsTraceEnabled { get; init; } = true;

    public IReadOnlyList<Diagnostic> Warnings
    {
        get
        {
            lock (_lock)
            {
                return [.. _warnings];
            }
        }
    }

    public void Warn(Diagnostic warning)
    {
        lock (_lock)
        {
            _warnings.Add(warning);
        }
    }

    public void Log(LogLevel level, SanitizedText message)
    {
        lock (_lock)
        {
            _messages.Add((level, message.ToString()));
        }
    }

    public IReadOnlyList<string> MessagesOf(LogLevel level)
    {
        lock (_lock)
        {
            return [.. _messages.Where(message => message.Level == level).Select(message => message.Message)];
        }
    }

    /// <summary>All messages and warnings, for tests that search them for what must not be logged.</summary>
    public string Everything()
    {
        lock (_lock)
        {
            return string.Join(
                '\n',
                _messages.Select(message => message.Message).Concat(_warnings.Select(warning => warning.Message))
            );
        }
    }
}
