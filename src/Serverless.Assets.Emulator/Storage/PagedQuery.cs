using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>Reads one page of a table that has a row number <c>id</c>.</summary>
internal static class PagedQuery
{
    /// <param name="columns">Columns, read by <paramref name="read"/> from index 0.</param>
    /// <param name="source">Table and condition with the one parameter <c>$1</c>.</param>
    public static Page<T> Read<T>(
        Database database,
        string columns,
        string source,
        Func<SqliteDataReader, T> read,
        PageCursor cursor,
        object argument
    )
    {
        var rows = cursor.After is { } after
            ? database.Query(
                $"SELECT {columns}, id FROM {source} AND id > $2 ORDER BY id LIMIT $3",
                WithRow,
                argument,
                after,
                cursor.Size + 1
            )
            : database.Query(
                $"SELECT {columns}, id FROM {source} AND id < $2 ORDER BY id DESC LIMIT $3 OFFSET $4",
                WithRow,
                argument,
                cursor.Before ?? long.MaxValue,
                cursor.Size + 1,
                Skipped(cursor)
            );

        // One row more than asked for tells whether the list goes on.
        var goesOn = rows.Count > cursor.Size;
        if (goesOn)
        {
            rows.RemoveAt(cursor.Size);
        }

        var backwards = cursor.After is not null;
        if (backwards)
        {
            rows.Reverse();
        }

        return new Page<T>(
            [.. rows.Select(row => row.Item)],
            rows.Count == 0 ? 0 : rows[0].Row,
            rows.Count == 0 ? 0 : rows[^1].Row,
            HasPrevious: cursor.Number > 0,
            HasNext: backwards || goesOn
        );

        (T Item, long Row) WithRow(SqliteDataReader reader) => (read(reader), reader.GetInt64(reader.FieldCount - 1));
    }

    /// <summary>A page number without a token is counted from the newest row.</summary>
    private static long Skipped(PageCursor cursor) => cursor.Before is null ? (long)cursor.Number * cursor.Size : 0;
}
