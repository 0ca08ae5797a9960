using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>Maps the rows of a table to records, and selects, pages, inserts and deletes them.</summary>
/// <param name="columns">The stored columns, separated by commas.</param>
/// <param name="read">Creates a record from <paramref name="columns"/>, from ordinal 0 on.</param>
/// <param name="getValues">The values of <paramref name="columns"/>, in the same order.</param>
/// <param name="computed">An expression that is selected after the columns but not stored.</param>
internal sealed class Table<T>(
    Database database,
    string name,
    string columns,
    Func<SqliteDataReader, T> read,
    Func<T, object?[]> getValues,
    string? computed = null
)
    where T : class
{
    private readonly string _selected = computed is null ? columns : $"{columns}, {computed}";

    private readonly string _insert =
        $"INSERT INTO {name} ({columns}) VALUES "
        + $"({string.Join(", ", Enumerable.Range(1, columns.Split(',').Length).Select(i => $"${i}"))})";

    /// <param name="condition">SQL with the parameters <c>$1</c>, <c>$2</c>, ….</param>
    public T? Find(string condition, params ReadOnlySpan<object?> arguments) =>
        database.QueryFirst($"SELECT {_selected} FROM {name} WHERE {condition}", read, arguments);

    /// <param name="clauses">SQL after the table's name, for instance <c>WHERE kind = $1 ORDER BY id</c>.</param>
    public List<T> Query(string clauses, params ReadOnlySpan<object?> arguments) =>
        database.Query($"SELECT {_selected} FROM {name} {clauses}", read, arguments);

    /// <summary>One page of the rows that meet a condition, newest first.</summary>
    /// <param name="condition">SQL with the parameters <c>$1</c>, <c>$2</c>, ….</param>
    public Page<T> GetPage(PageCursor cursor, string condition, params ReadOnlySpan<object?> arguments)
    {
        var next = arguments.Length + 1;
        var isBackward = cursor.After is not null;
        var rows = isBackward
            ? database.Query(
                $"SELECT {_selected}, id FROM {name} WHERE {condition} AND id > ${next} ORDER BY id LIMIT ${next + 1}",
                ReadWithId,
                [.. arguments, cursor.After, cursor.Size + 1]
            )
            : database.Query(
                $"SELECT {_selected}, id FROM {name} WHERE {condition} AND id < ${next} "
                    + $"ORDER BY id DESC LIMIT ${next + 1} OFFSET ${next + 2}",
                ReadWithId,
                [
                    .. arguments,
                    cursor.Before ?? long.MaxValue,
                    cursor.Size + 1,
                    cursor.Before is null ? (long)cursor.Number * cursor.Size : 0,
                ]
            );

        // The query reads one extra row, to determine whether another page follows.
        var hasMore = rows.Count > cursor.Size;
        if (hasMore)
        {
            rows.RemoveAt(cursor.Size);
        }

        if (isBackward)
        {
            rows.Reverse();
        }

        return new Page<T>(
            [.. rows.Select(row => row.Item)],
            FirstId: rows.Count == 0 ? 0 : rows[0].Id,
            LastId: rows.Count == 0 ? 0 : rows[^1].Id,
            HasPrevious: cursor.Number > 0,
            HasNext: isBackward || hasMore
        );

        (T Item, long Id) ReadWithId(SqliteDataReader reader) => (read(reader), reader.GetInt64(reader.FieldCount - 1));
    }

    public void Insert(T row) => database.Execute(_insert, getValues(row));

    /// <summary>Deletes a row and, according to the schema, its dependent rows.</summary>
    public void Delete(string sid) => database.Execute($"DELETE FROM {name} WHERE sid = $1", sid);
}
