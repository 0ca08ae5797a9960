namespace Serverless.Assets.State;

/// <summary>What of a journal still says something.</summary>
internal static class JournalCompaction
{
    /// <summary>The service deletes versions that no Build holds after 7 days; one remembered for longer is of use only if it is live, and then it is seen there.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(60);

    public static bool IsWorthKeeping(RememberedUpload upload, DateTimeOffset now) => now - upload.KnownAt < Forgotten;

    /// <param name="filesInUse">Files that the run asked for: the hashes of others are of files that are gone, or cost one reading.</param>
    public static IEnumerable<JournalEntry> Compact(
        IEnumerable<JournalEntry> entries,
        DateTimeOffset now,
        ICollection<string> filesInUse
    )
    {
        var uploads = new Dictionary<StateKey, RememberedUpload>();
        var hashes = new Dictionary<string, RememberedHash>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry.Upload is { } upload)
            {
                uploads[upload.Key] = upload;
            }

            if (entry.Hash is { } hash)
            {
                hashes[hash.File] = hash;
            }

            if (entry.Forget is { } forgotten)
            {
                foreach (
                    var gone in uploads.Values.Where(remembered => remembered.AssetVersionSid == forgotten).ToList()
                )
                {
                    uploads.Remove(gone.Key);
                }
            }
        }

        return uploads
            .Values.Where(upload => IsWorthKeeping(upload, now))
            .Select(upload => new JournalEntry { Upload = upload })
            .Concat(
                hashes
                    .Values.Where(hash => filesInUse.Contains(hash.File))
                    .Select(hash => new JournalEntry { Hash = hash })
            );
    }
}
