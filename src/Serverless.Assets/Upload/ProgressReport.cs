using System.Globalization;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Upload;

/// <summary>Says every few seconds how far an upload is; one that is done sooner says nothing.</summary>
internal sealed class ProgressReport : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly UploadProgress _progress;
    private readonly EngineContext _host;
    private readonly ITimer _timer;
    private long _lastBytes;

    public ProgressReport(UploadProgress progress, EngineContext context)
    {
        _progress = progress;
        _host = context;
        _timer = context.Clock.CreateTimer(_ => Report(), null, Interval, Interval);
    }

    public void Dispose() => _timer.Dispose();

    private void Report()
    {
        var bytes = _progress.BytesSent;
        var rate = (bytes - Interlocked.Exchange(ref _lastBytes, bytes)) / (long)Interval.TotalSeconds;
        var failed =
            _progress.Failed == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {_progress.Failed} failed");
        _host.Logger.Log(
            LogLevel.Progress,
            $"{_progress.Done} of {_progress.Total} assets done{failed}, {ByteSize.Format(bytes)} of {ByteSize.Format(Math.Max(bytes, _progress.BytesToSend))} sent, {ByteSize.Format(rate)}/s, {_progress.InFlight} of {_progress.MostInFlight} requests in flight"
        );
    }
}
