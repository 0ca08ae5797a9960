namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// Selects a page of a list. Lists are sorted from the newest row to the oldest, and row IDs never change, so rows that
/// are added between two requests do not shift the pages. Without <paramref name="Before"/> and
/// <paramref name="After"/>, the page number counts from the newest row.
/// </summary>
/// <param name="Number">The page number, starting at 0.</param>
/// <param name="Size">The number of rows on a page.</param>
/// <param name="Before">The page contains rows that are older than this ID.</param>
/// <param name="After">The page contains the oldest of the rows that are newer than this ID.</param>
internal sealed record PageCursor(int Number, int Size, long? Before, long? After)
{
    public PageCursor GetNext(long lastId) =>
        this with
        {
            Number = Math.Max(Number, Number + 1),
            Before = lastId,
            After = null,
        };

    public PageCursor GetPrevious(long firstId) => this with { Number = Number - 1, Before = null, After = firstId };
}

/// <summary>A page of a list, newest row first. The IDs are 0 if it is empty.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, long FirstId, long LastId, bool HasPrevious, bool HasNext);
