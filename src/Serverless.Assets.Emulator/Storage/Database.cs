using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// One SQLite connection behind a lock. Each SQL text is prepared once; its parameters are <c>$1</c>, <c>$2</c>, ….
/// A <see cref="DateTimeOffset"/> is stored as Unix milliseconds: read it with <see cref="SqliteRow.GetTime"/>.
/// </summary>
internal sealed class Database : IDisposable
{
    /// <summary>How long to wait for another program that has locked the file.</summary>
    private const int LockTimeoutSeconds = 5;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    private Database(SqliteConnection connection) => _connection = connection;

    /// <param name="file">The file, or <c>:memory:</c>.</param>
    public static Database Open(string file)
    {
        // A pooled connection would keep the file open and prevent the folder from being moved or deleted.
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = LockTimeoutSeconds,
        };
        var database = new Database(new SqliteConnection(settings.ConnectionString));
        try
        {
            database._connection.Open();
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = NORMAL");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <returns>The first damage that SQLite finds; null if there is none.</returns>
    public string? FindDamage() =>
        QueryFirst("PRAGMA quick_check(1)", row => row.GetString(0)) is { } result && result != "ok" ? result : null;

    /// <summary>The tables with their columns, as <c>table.column</c>.</summary>
    public IReadOnlyList<string> GetColumns() =>
        Query(
            """
            SELECT sqlite_schema.name || '.' || columns.name
            FROM sqlite_schema JOIN pragma_table_info(sqlite_schema.name) AS columns
            WHERE sqlite_schema.type = 'table'
            """,
            row => row.GetString(0)
        );

    /// <returns>The number of rows that were changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> arguments)
    {
        lock (_lock)
        {
            return Prepare(sql, arguments).ExecuteNonQuery();
        }
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
    {
        lock (_lock)
        {
            using var reader = Prepare(sql, arguments).ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(reader));
            }

            return rows;
        }
    }

    /// <returns>The first row; null if there is none.</returns>
    public T? QueryFirst<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        lock (_lock)
        {
            using var reader = Prepare(sql, arguments).ExecuteReader();
            return reader.Read() ? read(reader) : null;
        }
    }

    /// <returns>The first column of the first row; 0 if there is none.</returns>
    public long QueryNumber(string sql, params ReadOnlySpan<object?> arguments)
    {
        lock (_lock)
        {
            return (long)(Prepare(sql, arguments).ExecuteScalar() ?? 0L);
        }
    }

    /// <summary>
    /// Runs statements in a transaction, which an exception rolls back. Transactions cannot be nested.
    /// </summary>
    public T InTransaction<T>(Func<T> work)
    {
        lock (_lock)
        {
            Execute("BEGIN IMMEDIATE");
            try
            {
                var result = work();
                Execute("COMMIT");
                return result;
            }
            catch
            {
                Execute("ROLLBACK");
                throw;
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var command in _commands.Values)
            {
                command.Dispose();
            }

            _connection.Dispose();
        }
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> arguments)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
#pragma warning disable CA2100 // All SQL consists of constants of this assembly; values are parameters.
            command.CommandText = sql;
#pragma warning restore CA2100
            for (var i = 1; i <= arguments.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            command.Parameters[i].Value = arguments[i] switch
            {
                null => DBNull.Value,
                DateTimeOffset time => time.ToUnixTimeMilliseconds(),
                var value => value,
            };
        }

        return command;
    }
}

/// <summary>Reads columns of types that SQLite does not support.</summary>
internal static class SqliteRow
{
    public static DateTimeOffset GetTime(this SqliteDataReader reader, int ordinal) =>
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(ordinal));

    public static string? GetNullableString(this SqliteDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal);
}
