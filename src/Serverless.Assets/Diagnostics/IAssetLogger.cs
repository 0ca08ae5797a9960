namespace Serverless.Assets.Diagnostics;

/// <summary>Receives the engine's messages during a run. Implementations must be thread-safe.</summary>
internal interface IAssetLogger
{
    /// <summary>Whether <see cref="LogLevel.Trace"/> is shown. If not, callers need not format such messages.</summary>
    bool IsTraceEnabled { get; }

    /// <summary>Shows a warning. Errors end a run with an <see cref="AssetException"/> instead.</summary>
    void Warn(Diagnostic warning);

    void Log(LogLevel level, SanitizedText message);
}

internal enum LogLevel
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
