namespace Serverless.Assets.Diagnostics;

/// <summary>Receives what the engine reports during a run. Implementations must be thread-safe.</summary>
public interface IAssetLogger
{
    /// <summary>Whether <see cref="LogLevel.Trace"/> is shown. If not, callers skip composing such messages.</summary>
    bool IsTraceEnabled { get; }

    /// <summary>Shows a warning at once. Errors end a run instead: <see cref="AssetException"/>.</summary>
    void Warn(Diagnostic warning);

    void Log(LogLevel level, SanitizedText message);
}

public enum LogLevel
{
    /// <summary>The result of a run: one line, or a small table.</summary>
    Summary,

    /// <summary>The state of a long run, every few seconds.</summary>
    Progress,

    /// <summary>One line per file.</summary>
    Detail,

    /// <summary>One line per request and response, without secrets.</summary>
    Trace,
}
