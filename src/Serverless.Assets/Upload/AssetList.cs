using Serverless.Assets.Client;

namespace Serverless.Assets.Upload;

/// <summary>The Service's Assets by name, listed once; and listed again for all who ask at the same time.</summary>
/// <param name="isKnownEmpty">The Service is new: the first list need not be asked for.</param>
internal sealed class AssetList(ServerlessClient client, string serviceSid, bool isKnownEmpty)
{
    private readonly Lock _lock = new();
    private Task<ILookup<string, AssetResource>>? _current = isKnownEmpty
        ? Task.FromResult(Enumerable.Empty<AssetResource>().ToLookup(asset => asset.FriendlyName))
        : null;
    private Task<ILookup<string, AssetResource>>? _running;
    private Task<ILookup<string, AssetResource>>? _next;

    public Task<ILookup<string, AssetResource>> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _current ??= FetchAsync(cancellationToken);
        }
    }

    /// <summary>A list that is read from now on. All who ask before it begins share it; until it is there the last one serves.</summary>
    public Task<ILookup<string, AssetResource>> RefreshAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _current is null
                ? _current = FetchAsync(cancellationToken)
                : _next ??= FetchAfterAsync(_running ?? _current, cancellationToken);
        }
    }

    private async Task<ILookup<string, AssetResource>> FetchAfterAsync(Task before, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_lock)
        {
            _running = _next;
            _next = null;
        }

        var list = await FetchAsync(cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            _current = Task.FromResult(list);
        }

        return list;
    }

    /// <summary>Oldest first: the service lists the newest first, which tells those apart that were made in one second.</summary>
    private async Task<ILookup<string, AssetResource>> FetchAsync(CancellationToken cancellationToken)
    {
        var assets = await client
            .Assets.ListAsync(serviceSid, pageSize: ListPages.MaxSize, cancellationToken: cancellationToken)
            .ToListAsync(cancellationToken)
            .ConfigureAwait(false);
        return assets
            .AsEnumerable()
            .Reverse()
            .OrderBy(asset => asset.DateCreated)
            .ToLookup(asset => asset.FriendlyName, StringComparer.Ordinal);
    }
}
