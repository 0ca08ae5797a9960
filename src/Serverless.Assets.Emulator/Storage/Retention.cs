namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// After seven days, versions that are in no Build are deleted, and so are Assets and Functions without a version.
/// It needs no timer: it runs with the first request after an (emulated) minute, or after the clock was shifted.
/// </summary>
internal sealed class Retention(Database database)
{
    private static readonly TimeSpan Age = TimeSpan.FromDays(7);
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private long _lastRun; // UTC ticks

    public void RunIfDue(DateTimeOffset now)
    {
        var last = Volatile.Read(ref _lastRun);
        if (
            Math.Abs(now.UtcTicks - last) < Interval.Ticks
            || Interlocked.CompareExchange(ref _lastRun, now.UtcTicks, last) != last
        )
        {
            return;
        }

        var limit = (now - Age).ToStored();
        database.Atomically(() =>
            database.Execute(
                "DELETE FROM versions WHERE created < $1 AND sid NOT IN (SELECT sid FROM build_entries)",
                limit
            )
            + database.Execute(
                "DELETE FROM resources WHERE created < $1 AND sid NOT IN (SELECT resource_sid FROM versions)",
                limit
            )
        );
    }
}
