using Serverless.Assets.Connection;
using Serverless.Assets.Settings;

namespace Serverless.Assets.State;

/// <summary>
/// Shares the account's limit on requests with the runs of other processes on this machine, such as the projects of a
/// build. Dispose it when the run sends no more requests.
/// </summary>
internal sealed class MachineLimit : IAsyncDisposable
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(100);

    private readonly SharedLimit? _limit;
    private readonly PeriodicTimer? _timer;
    private readonly Task _heartbeat = Task.CompletedTask;

    private MachineLimit(SharedLimit? limit, TimeProvider clock)
    {
        if (limit is not null)
        {
            _limit = limit;
            _timer = new PeriodicTimer(Heartbeat, clock);
            _heartbeat = BeatAsync(limit, _timer);
        }
    }

    /// <summary>Joins the runs on this machine, unless machines share the limit.</summary>
    public static async Task<MachineLimit> JoinAsync(OperationContext operation)
    {
        var settings = operation.Settings;
        var key = ConcurrencyKey.From(settings.Credentials.User, settings.Endpoints.Api);
        var runs = settings.StateStore == StateStore.Redis ? null : LocalRuns.Open(key, operation.Engine);
        var limit = runs is null ? null : new SharedLimit(runs, operation.Client, Heartbeat);
        if (limit is not null)
        {
            await limit.BeatAsync().ConfigureAwait(false);
        }

        return new MachineLimit(limit, operation.Engine.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        if (_limit is not null)
        {
            _timer?.Dispose();
            await _heartbeat.ConfigureAwait(false);
            await _limit.LeaveAsync().ConfigureAwait(false);
        }
    }

    private static async Task BeatAsync(SharedLimit limit, PeriodicTimer timer)
    {
        while (await timer.WaitForNextTickAsync().ConfigureAwait(false))
        {
            await limit.BeatAsync().ConfigureAwait(false);
        }
    }
}
