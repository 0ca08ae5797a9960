namespace Serverless.Assets.Diagnostics;

/// <summary>
/// What the core says while it works. MSBuild, the command line and the tests each adapt it. Called from several threads
/// at once.
/// </summary>
public interface IAssetLogger
{
    /// <summary>Whether <see cref="LogLevel.Trace"/> is shown, so that nothing is put together in vain.</summary>
    bool IsTraceEnabled { get; }

    /// <summary>A warning, shown at once. (Errors end a run: <see cref="AssetException"/>.)</summary>
    void Warn(Diagnostic warning);

    void Log(LogLevel level, SanitizedText message);
}
