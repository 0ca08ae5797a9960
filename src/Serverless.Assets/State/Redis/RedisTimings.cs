namespace Serverless.Assets.State.Redis;

/// <summary>The durations of the communication with Redis. Tests use shorter ones.</summary>
internal sealed record RedisTimings
{
    /// <summary>How long to wait for the connection.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for a response. A server that takes longer saves no time.</summary>
    public TimeSpan Command { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>After this time, others assume that a run has ended, and upload what it was uploading.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long to wait for the turns of others to end. A large file can take some minutes; a turn that never ends is not
    /// one of a run.
    /// </summary>
    public TimeSpan Turn { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>After this time without a heartbeat, others assume that a run has ended, and use its share.</summary>
    public TimeSpan Presence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a run extends its leases, and asks for its share of the limit.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a run looks for the uploads of others that it waits for.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMilliseconds(50);
}
