namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// Knows which content versions and Builds refer to. The connection remembers what they no longer refer to, so that a
/// deletion costs no more in a large database.
/// </summary>
internal sealed class ContentReferences
{
    private readonly Database _database;

    public ContentReferences(Database database)
    {
        _database = database;

        // Temporary triggers are not part of the file. They also fire for rows that are deleted with those they refer to.
        database.Execute(
            """
            PRAGMA temp_store = MEMORY;
            CREATE TEMP TABLE released (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
            CREATE TEMP TRIGGER version_deleted AFTER DELETE ON versions
                BEGIN INSERT OR IGNORE INTO released VALUES (old.sha256); END;
            CREATE TEMP TRIGGER build_entry_deleted AFTER DELETE ON build_entries
                BEGIN INSERT OR IGNORE INTO released VALUES (old.sha256); END;
            """
        );
    }

    /// <summary>Gets the SHA-256 of all content that a version or a Build refers to.</summary>
    public HashSet<string> GetAll() =>
        [
            .. _database.Query(
                "SELECT sha256 FROM versions UNION SELECT sha256 FROM build_entries",
                row => row.GetString(0)
            ),
        ];

    public bool Contains(string sha256) =>
        _database.QueryNumber(
            "SELECT EXISTS (SELECT 1 FROM versions WHERE sha256 = $1) "
                + "OR EXISTS (SELECT 1 FROM build_entries WHERE sha256 = $1)",
            sha256
        ) > 0;

    /// <summary>Makes <see cref="TakeUnused"/> return content that was kept for nothing.</summary>
    public void Release(string sha256) => _database.Execute("INSERT OR IGNORE INTO released VALUES ($1)", sha256);

    /// <summary>
    /// Gets the SHA-256 of the content that was released since the last call and that nothing else refers to.
    /// </summary>
    public IReadOnlyList<string> TakeUnused() =>
        _database.QueryNumber("SELECT EXISTS (SELECT 1 FROM released)") == 0
            ? []
            : _database.InTransaction(() =>
            {
                var unused = _database.Query(
                    """
                    SELECT sha256 FROM released
                    WHERE NOT EXISTS (SELECT 1 FROM versions WHERE versions.sha256 = released.sha256)
                        AND NOT EXISTS (SELECT 1 FROM build_entries WHERE build_entries.sha256 = released.sha256)
                    """,
                    row => row.GetString(0)
                );
                _database.Execute("DELETE FROM released");
                return unused;
            });
}
