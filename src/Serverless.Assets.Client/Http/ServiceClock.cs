namespace Serverless.Assets.Client;

/// <summary>
/// The time of the service, according to the <c>Date</c> of its responses. Whether a resource is old must not depend on
/// the clock of this machine, which may be wrong. Timers and time stamps are those of this machine.
/// </summary>
/// <remarks>
/// Before the first response, and as long as the difference is less than <see cref="Tolerance"/>, it shows the time of
/// this machine: a date has no fractions of a second, and the response was under way for a while.
/// </remarks>
internal sealed class ServiceClock(TimeProvider machine) : TimeProvider
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>The years that a clock can show. Far from the limits of dates, so that ages can be computed.</summary>
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    private long _offset; // in ticks

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow().AddTicks(Interlocked.Read(ref _offset));

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    public void OnResponse(HttpResponseMessage response)
    {
        if (response.Headers.Date is { Year: >= FirstYear and <= LastYear } date)
        {
            var offset = date - machine.GetUtcNow();
            Interlocked.Exchange(ref _offset, offset.Duration() < Tolerance ? 0 : offset.Ticks);
        }
    }
}
