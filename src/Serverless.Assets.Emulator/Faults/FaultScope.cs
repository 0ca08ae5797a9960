using Serverless.Assets.Emulator.Api;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>
/// Decides which requests the fault settings apply to. New settings get a new scope, so its count restarts.
/// </summary>
internal sealed class FaultScope(EmulatorFaults settings)
{
    private int _matches;

    /// <summary>
    /// The settings that also apply to requests out of scope: they are not about single requests, or are the same for
    /// all of them.
    /// </summary>
    public static EmulatorFaults GetRemaining(EmulatorFaults settings) =>
        new()
        {
            BandwidthBytesPerSecond = settings.BandwidthBytesPerSecond,
            ConcurrencyHeader = settings.ConcurrencyHeader,
            ConcurrencyHeaderCounts = settings.ConcurrencyHeaderCounts,
            FailBuilds = settings.FailBuilds,
            BuildSeconds = settings.BuildSeconds,
            PropagationSeconds = settings.PropagationSeconds,
            ClockShiftSeconds = settings.ClockShiftSeconds,
        };

    /// <summary>
    /// Counts a request that matches, and returns whether it is in scope. Reads its form only if the path of the request
    /// does not contain the text.
    /// </summary>
    public async Task<bool> IncludesAsync(HttpRequest request, ApiOperation operation, PendingForm form) =>
        (settings.OnlyOperation is null || settings.OnlyOperation == operation.Name)
        && (
            settings.OnlyPathContains is not { } text
            || Contains(request.Path, text)
            || Contains(await form.FindUploadPathAsync(), text)
        )
        && (settings.OnlyNextRequests == 0 || Interlocked.Increment(ref _matches) <= settings.OnlyNextRequests);

    private static bool Contains(string? path, string text) =>
        path is not null && path.Contains(text, StringComparison.Ordinal);
}
