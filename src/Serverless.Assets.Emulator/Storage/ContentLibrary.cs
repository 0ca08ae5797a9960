namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// The content of the versions. It exists from before the first version refers to it until the last version and the last
/// Build that refer to it are deleted. If the emulator is killed in between, the next start deletes it.
/// </summary>
/// <remarks>Call no method in a transaction: the lock of the database comes after that of this object.</remarks>
internal sealed class ContentLibrary(ContentReferences references, IContentStore store)
{
    private readonly Lock _lock = new();
    private int _holds;
    private bool _isCleaningDue;

    /// <inheritdoc cref="IContentStore.ReceiveAsync"/>
    public Task<IncomingContent> ReceiveAsync(
        Stream source,
        long maxSize,
        string contentType,
        CancellationToken cancellationToken
    ) => store.ReceiveAsync(source, maxSize, contentType, cancellationToken);

    /// <summary>Prevents that content is deleted, until the result is disposed.</summary>
    public IDisposable Hold()
    {
        lock (_lock)
        {
            _holds++;
            return new ContentHold(this);
        }
    }

    /// <summary>Keeps content that <paramref name="insert"/> refers to. If it fails, the content is not kept.</summary>
    /// <param name="insert">Inserts the versions.</param>
    public T Keep<T>(IReadOnlyCollection<IncomingContent> contents, Func<T> insert)
    {
        using var hold = Hold();
        try
        {
            foreach (var content in contents)
            {
                store.Keep(content);
            }

            return insert();
        }
        catch
        {
            foreach (var content in contents)
            {
                references.Release(content.Sha256);
            }

            lock (_lock)
            {
                _isCleaningDue = true;
            }

            throw;
        }
    }

    /// <summary>Opens the content of a version. It can be read to its end even if it is deleted meanwhile.</summary>
    /// <exception cref="StoredContentException">The content can't be read.</exception>
    /// <exception cref="DeletedContentException">The version was deleted after it was found.</exception>
    public Stream OpenRead(string sha256)
    {
        try
        {
            return store.OpenRead(sha256);
        }
        catch (StoredContentException) when (!references.Contains(sha256))
        {
            throw new DeletedContentException();
        }
    }

    /// <summary>
    /// Deletes the content of versions and Builds that were deleted. Call it after the transaction that deletes them.
    /// </summary>
    public void DeleteUnused()
    {
        lock (_lock)
        {
            _isCleaningDue = _holds > 0;
            if (_holds == 0)
            {
                foreach (var sha256 in references.TakeUnused())
                {
                    store.Delete(sha256);
                }
            }
        }
    }

    private void Release()
    {
        lock (_lock)
        {
            _holds--;
            if (_isCleaningDue)
            {
                DeleteUnused();
            }
        }
    }

    private sealed class ContentHold(ContentLibrary library) : IDisposable
    {
        private ContentLibrary? _library = library;

        public void Dispose() => Interlocked.Exchange(ref _library, null)?.Release();
    }
}

/// <summary>The version that a request is about was deleted while the request was processed.</summary>
internal sealed class DeletedContentException() : Exception("The requested version was deleted");
