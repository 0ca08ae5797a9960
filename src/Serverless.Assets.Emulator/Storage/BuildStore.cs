using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

internal sealed class BuildStore(Database database)
{
    private const string Columns = "sid, account_sid, service_sid, runtime, dependencies, created, ready, fails";

    public Build? Find(string serviceSid, string sid) =>
        database.First($"SELECT {Columns} FROM builds WHERE sid = $1 AND service_sid = $2", Read, sid, serviceSid);

    public Page<Build> List(string serviceSid, PageCursor cursor) =>
        PagedQuery.Read(database, Columns, "builds WHERE service_sid = $1", Read, cursor, serviceSid);

    public IReadOnlyList<ResourceVersion> Entries(string buildSid) =>
        database.Query(
            $"SELECT {VersionStore.Columns} FROM build_entries WHERE build_sid = $1 ORDER BY id",
            VersionStore.Read,
            buildSid
        );

    public void Add(Build build, IEnumerable<ResourceVersion> entries)
    {
        database.Execute(
            $"INSERT INTO builds ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            build.Sid,
            build.AccountSid,
            build.ServiceSid,
            build.Runtime,
            build.Dependencies,
            build.Created.ToStored(),
            build.Ready.ToStored(),
            build.Fails
        );

        foreach (var entry in entries)
        {
            database.Execute(
                $"INSERT INTO build_entries (build_sid, {VersionStore.Columns}) "
                    + $"SELECT $1, {VersionStore.Columns} FROM versions WHERE sid = $2",
                build.Sid,
                entry.Sid
            );
        }
    }

    public void Delete(string sid) => database.Execute("DELETE FROM builds WHERE sid = $1", sid);

    private static Build Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetTime(5),
            row.GetTime(6),
            row.GetBoolean(7)
        );
}
