using System.Collections.Concurrent;
using Serverless.Assets.Client;

namespace Serverless.Assets.State;

/// <summary>
/// The uploads of a journal by their keys, without those whose Asset Version no longer exists. Thread-safe. Each method
/// takes constant time, because a run can forget all uploads of a large state.
/// </summary>
internal sealed class RememberedUploads
{
    private readonly ConcurrentDictionary<StateKey, Recorded> _recorded = new();
    private readonly ConcurrentDictionary<Sid, StateKey> _keys = new();
    private readonly ConcurrentDictionary<Sid, long> _forgotten = new();
    private long _order;

    public IEnumerable<RememberedUpload> All =>
        _recorded.Where(entry => !IsForgotten(entry.Value)).Select(entry => entry.Value.Upload);

    public RememberedUpload? Find(StateKey key) =>
        _recorded.TryGetValue(key, out var recorded) && !IsForgotten(recorded) ? recorded.Upload : null;

    public void Add(RememberedUpload upload)
    {
        _recorded[upload.Key] = new Recorded(upload, Interlocked.Increment(ref _order));
        _keys[upload.AssetVersionSid] = upload.Key;
    }

    /// <summary>Whether an upload with another key was added with this version, even if it was forgotten since.</summary>
    public bool HasOther(Sid assetVersionSid, StateKey key) =>
        _keys.TryGetValue(assetVersionSid, out var known) && known != key;

    /// <summary>Removes all uploads of a version that were added before.</summary>
    public void Forget(Sid assetVersionSid) => _forgotten[assetVersionSid] = Interlocked.Increment(ref _order);

    private bool IsForgotten(Recorded recorded) =>
        _forgotten.TryGetValue(recorded.Upload.AssetVersionSid, out var forgotten) && forgotten > recorded.Order;

    /// <param name="Order">The number of the entry, from 1.</param>
    private readonly record struct Recorded(RememberedUpload Upload, long Order);
}
