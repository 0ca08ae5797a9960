namespace Serverless.Assets.Emulator.Storage;

/// <summary>Creates the tables, and upgrades those of an older emulator.</summary>
internal static class Schema
{
    /// <summary>
    /// Step n upgrades <c>user_version</c> n to n + 1. Add steps; never change one that was released.
    /// </summary>
    private static readonly string[] Steps =
    [
        """
            CREATE TABLE services (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                unique_name TEXT NOT NULL UNIQUE COLLATE NOCASE, friendly_name TEXT NOT NULL,
                include_credentials INTEGER NOT NULL, ui_editable INTEGER NOT NULL, domain_base TEXT NOT NULL,
                created INTEGER NOT NULL, updated INTEGER NOT NULL);

            CREATE TABLE resources (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                service_sid TEXT NOT NULL REFERENCES services(sid) ON DELETE CASCADE,
                kind INTEGER NOT NULL, friendly_name TEXT NOT NULL,
                created INTEGER NOT NULL, updated INTEGER NOT NULL);
            CREATE INDEX resources_of_service ON resources(service_sid, kind, id);

            CREATE TABLE versions (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                service_sid TEXT NOT NULL REFERENCES services(sid) ON DELETE CASCADE,
                resource_sid TEXT NOT NULL REFERENCES resources(sid) ON DELETE CASCADE,
                kind INTEGER NOT NULL, path TEXT NOT NULL, visibility TEXT NOT NULL,
                content_type TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, created INTEGER NOT NULL);
            CREATE INDEX versions_of_resource ON versions(resource_sid, id);
            CREATE INDEX versions_of_service ON versions(service_sid, kind, id);

            CREATE TABLE builds (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                service_sid TEXT NOT NULL REFERENCES services(sid) ON DELETE CASCADE,
                runtime TEXT NOT NULL, dependencies TEXT NOT NULL,
                created INTEGER NOT NULL, ready INTEGER NOT NULL, fails INTEGER NOT NULL);
            CREATE INDEX builds_of_service ON builds(service_sid, id);

            -- Copies of the versions, because a deployed Build still serves them after its Assets are deleted.
            CREATE TABLE build_entries (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                build_sid TEXT NOT NULL REFERENCES builds(sid) ON DELETE CASCADE,
                sid TEXT NOT NULL, account_sid TEXT NOT NULL, service_sid TEXT NOT NULL, resource_sid TEXT NOT NULL,
                kind INTEGER NOT NULL, path TEXT NOT NULL, visibility TEXT NOT NULL,
                content_type TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, created INTEGER NOT NULL,
                UNIQUE (build_sid, path));
            CREATE INDEX build_entries_of_version ON build_entries(sid);

            CREATE TABLE environments (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                service_sid TEXT NOT NULL REFERENCES services(sid) ON DELETE CASCADE,
                unique_name TEXT NOT NULL, domain_suffix TEXT NOT NULL, domain TEXT NOT NULL,
                created INTEGER NOT NULL, updated INTEGER NOT NULL,
                UNIQUE (service_sid, unique_name), UNIQUE (service_sid, domain_suffix));
            CREATE INDEX environments_by_domain ON environments(domain);

            CREATE TABLE deployments (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                service_sid TEXT NOT NULL,
                environment_sid TEXT NOT NULL REFERENCES environments(sid) ON DELETE CASCADE,
                build_sid TEXT, created INTEGER NOT NULL, visible INTEGER NOT NULL);
            CREATE INDEX deployments_of_environment ON deployments(environment_sid, id);
            """,
        """
            CREATE TABLE variables (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                service_sid TEXT NOT NULL,
                environment_sid TEXT NOT NULL REFERENCES environments(sid) ON DELETE CASCADE,
                key TEXT NOT NULL, value TEXT NOT NULL, created INTEGER NOT NULL, updated INTEGER NOT NULL);
            CREATE INDEX variables_of_environment ON variables(environment_sid, id);
            """,
        """
            CREATE TABLE logs (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                service_sid TEXT NOT NULL,
                environment_sid TEXT NOT NULL REFERENCES environments(sid) ON DELETE CASCADE,
                build_sid TEXT NOT NULL, deployment_sid TEXT NOT NULL, function_sid TEXT NOT NULL,
                request_sid TEXT NOT NULL, level TEXT NOT NULL, message TEXT NOT NULL, created INTEGER NOT NULL);
            CREATE INDEX logs_of_environment ON logs(environment_sid, id);

            -- Names are unique per account. SQLite cannot change a constraint, so the table is replaced.
            CREATE TABLE new_services (
                id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
                unique_name TEXT NOT NULL COLLATE NOCASE, friendly_name TEXT NOT NULL,
                include_credentials INTEGER NOT NULL, ui_editable INTEGER NOT NULL, domain_base TEXT NOT NULL,
                created INTEGER NOT NULL, updated INTEGER NOT NULL,
                UNIQUE (account_sid, unique_name));
            INSERT INTO new_services SELECT id, sid, account_sid, unique_name, friendly_name, include_credentials,
                ui_editable, domain_base, created, updated FROM services;
            DROP TABLE services;
            ALTER TABLE new_services RENAME TO services;

            -- A setting allows the same path twice.
            CREATE TABLE new_build_entries (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                build_sid TEXT NOT NULL REFERENCES builds(sid) ON DELETE CASCADE,
                sid TEXT NOT NULL, account_sid TEXT NOT NULL, service_sid TEXT NOT NULL, resource_sid TEXT NOT NULL,
                kind INTEGER NOT NULL, path TEXT NOT NULL, visibility TEXT NOT NULL,
                content_type TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, created INTEGER NOT NULL);
            INSERT INTO new_build_entries SELECT id, build_sid, sid, account_sid, service_sid, resource_sid, kind, path,
                visibility, content_type, sha256, size, created FROM build_entries;
            DROP TABLE build_entries;
            ALTER TABLE new_build_entries RENAME TO build_entries;
            CREATE INDEX build_entries_of_version ON build_entries(sid);
            CREATE INDEX build_entries_by_path ON build_entries(build_sid, path);
            """,
        """
            -- Content is deleted with the last row that refers to it.
            CREATE INDEX versions_by_content ON versions(sha256);
            CREATE INDEX build_entries_by_content ON build_entries(sha256);
            """,
    ];

    /// <returns>False if the database was empty, so that its rows need no check.</returns>
    /// <exception cref="InvalidDataException">A newer emulator or another program created the database.</exception>
    public static bool Upgrade(Database database, string file)
    {
        var version = database.QueryNumber("PRAGMA user_version");
        if (version > Steps.Length)
        {
            throw new InvalidDataException(
                $"The data folder was created by a newer version of the emulator: its schema is {version}, "
                    + $"and this version supports up to {Steps.Length}."
            );
        }

        var isEmpty = database.GetColumns().Count == 0;
        if (version < 0 || isEmpty != (version == 0))
        {
            throw CreateForeign(file);
        }

        if (isEmpty)
        {
            Run(database, from: 0, Steps.Length);
            return false;
        }

        // Comes before the upgrade, because the database of another program is not changed.
        using var expected = Database.Open(DatabaseFile.InMemory);
        Run(expected, from: 0, to: (int)version);
        if (expected.GetColumns().Except(database.GetColumns()).Any())
        {
            throw CreateForeign(file);
        }

        Run(database, (int)version, Steps.Length);
        return true;
    }

    /// <summary>Upgrades a database, or creates that of an older emulator in an empty one.</summary>
    internal static void Run(Database database, int from, int to)
    {
        // Otherwise, replacing a table would delete the rows that refer to it. It has no effect in a transaction.
        database.Execute("PRAGMA foreign_keys = OFF");
        for (var step = from; step < to; step++)
        {
            var next = step;
            database.InTransaction(() =>
                database.Execute(Steps[next]) + database.Execute($"PRAGMA user_version = {next + 1}")
            );
        }

        database.Execute("PRAGMA foreign_keys = ON");
    }

    private static InvalidDataException CreateForeign(string file) =>
        new($"The database {file} was not created by the emulator. Move it, or choose another data folder.");
}
