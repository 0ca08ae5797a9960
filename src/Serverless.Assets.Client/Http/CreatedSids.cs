namespace Serverless.Assets.Client;

/// <summary>
/// The SIDs of the resources of one kind that a client has created most recently. The service never returns one twice,
/// but a proxy or a cache can respond to a creation with the response to another. Thread-safe.
/// </summary>
internal sealed class CreatedSids
{
    /// <summary>More than a run creates; bounded, because a client can live as long as a server.</summary>
    private const int Capacity = 20_000;

    private readonly Lock _lock = new();
    private readonly HashSet<Sid> _created = [];
    private readonly Queue<Sid> _oldestFirst = new();

    /// <exception cref="MismatchedResponseException">An earlier creation returned the same SID.</exception>
    public void Add(Sid sid)
    {
        lock (_lock)
        {
            if (!_created.Add(sid))
            {
                throw new MismatchedResponseException($"{sid} is what an earlier request created");
            }

            _oldestFirst.Enqueue(sid);
            if (_oldestFirst.Count > Capacity)
            {
                _created.Remove(_oldestFirst.Dequeue());
            }
        }
    }
}
