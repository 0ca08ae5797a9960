namespace Serverless.Assets.State;

/// <summary>Removes outdated entries of a journal.</summary>
internal static class JournalCompaction
{
    /// <summary>
    /// The service deletes versions that are in no Build after 7 days. An older upload is useful only while it is
    /// deployed, and then the deployed Build lists it.
    /// </summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(60);

    public static bool IsWorthKeeping(RememberedUpload upload, DateTimeOffset now) => now - upload.KnownAt < MaxAge;

    /// <param name="exists">Whether a file still exists. Hashes of files that do not are removed.</param>
    public static IEnumerable<JournalEntry> Compact(
        IEnumerable<JournalEntry> entries,
        DateTimeOffset now,
        Func<string, bool> exists
    )
    {
        var uploads = new RememberedUploads();
        var hashes = new Dictionary<string, RememberedHash>(StringComparer.Ordinal);
        var limits = new Dictionary<ConcurrencyKey, RememberedConcurrency>();
        foreach (var entry in entries)
        {
            if (entry.Upload is { } upload)
            {
                uploads.Add(upload);
            }

            if (entry.Hash is { } hash)
            {
                hashes[hash.File] = hash;
            }

            if (entry.Concurrency is { } limit)
            {
                limits[limit.Key] = limit;
            }

            if (entry.Forget is { } forgotten)
            {
                uploads.Forget(forgotten);
            }
        }

        return uploads
            .All.Where(upload => IsWorthKeeping(upload, now))
            .Select(upload => new JournalEntry { Upload = upload })
            .Concat(hashes.Values.Where(hash => exists(hash.File)).Select(hash => new JournalEntry { Hash = hash }))
            .Concat(limits.Values.Where(limit => limit.IsUsable(now)).Select(JournalEntry.From));
    }
}
