using System.Collections.Concurrent;

namespace Serverless.Assets.Client;

/// <summary>
/// The SIDs of the resources of one kind that a client has created. The service never returns one twice, but a proxy or
/// a cache can respond to a creation with the response to another. Thread-safe.
/// </summary>
internal sealed class CreatedSids
{
    private readonly ConcurrentDictionary<Sid, bool> _created = new();

    /// <exception cref="MismatchedResponseException">An earlier creation returned the same SID.</exception>
    public void Add(Sid sid)
    {
        if (!_created.TryAdd(sid, true))
        {
            throw new MismatchedResponseException($"{sid} is what an earlier request created");
        }
    }
}
