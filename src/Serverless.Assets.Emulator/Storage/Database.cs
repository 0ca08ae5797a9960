using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// One SQLite connection behind a lock, with every command prepared once. Parameters are <c>$1</c>, <c>$2</c>, ….
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    private Database(SqliteConnection connection) => _connection = connection;

    public static Database Open(string file)
    {
        // Without pooling, closing the connection closes the file: the folder can then be moved or deleted.
        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Pooling = false,
            ForeignKeys = true,
        };
        var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        var database = new Database(connection);
        database.Execute("PRAGMA journal_mode = WAL");
        database.Execute("PRAGMA synchronous = NORMAL");
        return database;
    }

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

    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> arguments)
        where T : class
    {
        lock (_lock)
        {
            using var reader = Prepare(sql, arguments).ExecuteReader();
            return reader.Read() ? read(reader) : null;
        }
    }

    public long Number(string sql, params ReadOnlySpan<object?> arguments)
    {
        lock (_lock)
        {
            return (long)(Prepare(sql, arguments).ExecuteScalar() ?? 0L);
        }
    }

    /// <summary>Runs several statements as one: nobody sees half of them, and an exception undoes all. Does not nest.</summary>
    public T Atomically<T>(Func<T> work)
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
#pragma warning disable CA2100 // Every text comes from a constant of this assembly; values travel as parameters.
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
            command.Parameters[i].Value = arguments[i] ?? DBNull.Value;
        }

        return command;
    }
}
