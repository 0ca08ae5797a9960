using Serverless.Assets.Client;

namespace Serverless.Assets.Upload;

/// <summary>The Service's Assets by name. The list is cached, and concurrent refreshes are combined.</summary>
/// <param name="isKnownEmpty">Whether the Service is new, so that its first list need not be requested.</param>
internal sealed class AssetList(ServerlessClient client, Sid serviceSid, bool isKnownEmpty)
{
    private readonly Lock _lock = new();
    private Task<ILookup<string, AssetResource>>? _current = isKnownEmpty
        ? Task.FromResult(Enumerable.Empty<AssetResource>().ToLookup(asset => asset.FriendlyName))
        : null;
    private Task<ILookup<string, AssetResource>>? _running;
    private Task<ILookup<string, AssetResource>>? _next;

    /// <summary>Gets the latest list, with the oldest Asset of each name first.</summary>
    public Task<ILookup<string, AssetResource>> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _current ??= FetchAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Starts reading the list after this call. All calls before the read starts share it; until it completes,
    /// <see cref="GetAsync"/> returns the previous one.
    /// </summary>
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

    /// <summary>The service lists the newest first, which also orders Assets created within the same second.</summary>
    private async Task<ILookup<string, AssetResource>> FetchAsync(CancellationToken cancellationToken)
    {
        var assets = await client.Assets.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
        return assets
            .AsEnumerable()
            .Reverse()
            .OrderBy(asset => asset.DateCreated)
            .ToLookup(asset => asset.FriendlyName, StringComparer.Ordinal);
    }
}
