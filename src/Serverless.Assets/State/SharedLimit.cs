using System.Globalization;
using System.Security.Cryptography;
using Serverless.Assets.Client;

namespace Serverless.Assets.State;

/// <summary>Keeps a run's share of the account's limit up to date. See <see cref="SharedLimitSearch"/>.</summary>
/// <param name="heartbeat">How often <see cref="BeatAsync"/> is called.</param>
internal sealed class SharedLimit(IKnownRuns runs, ServerlessClient client, TimeSpan heartbeat)
{
    private readonly string _id = string.Create(
        CultureInfo.InvariantCulture,
        $"{client.Clock.GetUtcNow().ToUnixTimeMilliseconds():d15}-{RandomNumberGenerator.GetHexString(16, true)}"
    );
    private readonly SharedLimitSearch _search = new(heartbeat);
    private readonly long _started = client.Clock.GetTimestamp();

    /// <summary>Announces the run, and adopts its share.</summary>
    public async ValueTask BeatAsync()
    {
        var own = client.Gate.GetUsage(_id);
        if (await runs.ExchangeAsync(own).ConfigureAwait(false) is not { } known)
        {
            client.Gate.Adopt(null);
            return;
        }

        var share = _search.Update(
            own,
            [.. known.Runs.Where(run => run.Id != own.Id)],
            known.Total,
            client.Clock.GetElapsedTime(_started)
        );
        client.Gate.Adopt(share);
        if (share is { Leads: true, Total: { } total } && total != known.Total)
        {
            await runs.PublishAsync(total).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves the share to others at once.</summary>
    public async ValueTask LeaveAsync()
    {
        await runs.LeaveAsync(_id).ConfigureAwait(false);
        client.Gate.Adopt(null);
    }
}

/// <summary>The runs that share the limit of an account, wherever they tell each other about themselves.</summary>
internal interface IKnownRuns
{
    /// <summary>Tells the others about a run.</summary>
    /// <returns>Null if runs can't tell each other anything any more.</returns>
    ValueTask<KnownRuns?> ExchangeAsync(RunUsage own);

    /// <summary>Tells the others the limit of all.</summary>
    ValueTask PublishAsync(int total);

    /// <summary>Tells the others that a run has ended.</summary>
    ValueTask LeaveAsync(string id);
}

/// <param name="Runs">May include the one that asks.</param>
/// <param name="Total">The limit of all; null if it is not known.</param>
internal sealed record KnownRuns(IReadOnlyList<RunUsage> Runs, int? Total);
