namespace Serverless.Assets.Emulator.Storage;

/// <summary>The rows of a table, to copy them to another database with the same schema.</summary>
internal sealed record TableRows(string Table, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>The last IDs of the tables. It changes with each insertion, so it is written last.</summary>
    private const string Sequence = "sqlite_sequence";

    /// <summary>Reads all tables. Call it in a transaction.</summary>
    public static IReadOnlyList<TableRows> ReadAll(Database database) =>
        [
            .. database
                .GetColumns()
                .Select(column => column.Split('.'))
                .GroupBy(parts => parts[0], parts => parts[1])
                .OrderBy(table => table.Key == Sequence)
                .Select(table => Read(database, table.Key, [.. table])),
        ];

    /// <summary>Replaces the rows of all tables. Call it in a transaction.</summary>
    public static void WriteAll(Database database, IReadOnlyList<TableRows> tables)
    {
        database.Execute("PRAGMA defer_foreign_keys = ON"); // until the end of the transaction
        foreach (var table in tables)
        {
            database.Execute($"DELETE FROM {table.Table}");
        }

        foreach (var table in tables)
        {
            table.Write(database);
        }
    }

    private static TableRows Read(Database database, string table, IReadOnlyList<string> columns) =>
        new(
            table,
            columns,
            database.Query(
                $"SELECT {string.Join(", ", columns)} FROM {table} ORDER BY rowid",
                row =>
                {
                    var values = new object[columns.Count];
                    row.GetValues(values);
                    return values.Select(value => value is DBNull ? null : value).ToArray();
                }
            )
        );

    private void Write(Database database)
    {
        if (Table == Sequence)
        {
            database.Execute($"DELETE FROM {Table}");
        }

        var parameters = string.Join(", ", Enumerable.Range(1, Columns.Count).Select(number => $"${number}"));
        var insert = $"INSERT INTO {Table} ({string.Join(", ", Columns)}) VALUES ({parameters})";
        foreach (var row in Rows)
        {
            database.Execute(insert, row);
        }
    }
}
