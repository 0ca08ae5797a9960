using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

internal sealed class DeploymentStore(Database database)
{
    private const string Columns = "sid, account_sid, service_sid, environment_sid, build_sid, created, visible";

    public Deployment? Find(string environmentSid, string sid) =>
        database.First(
            $"SELECT {Columns} FROM deployments WHERE sid = $1 AND environment_sid = $2",
            Read,
            sid,
            environmentSid
        );

    public Page<Deployment> List(string environmentSid, PageCursor cursor) =>
        PagedQuery.Read(database, Columns, "deployments WHERE environment_sid = $1", Read, cursor, environmentSid);

    public void Add(Deployment deployment) =>
        database.Execute(
            $"INSERT INTO deployments ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            deployment.Sid,
            deployment.AccountSid,
            deployment.ServiceSid,
            deployment.EnvironmentSid,
            deployment.BuildSid,
            deployment.Created.ToStored(),
            deployment.Visible.ToStored()
        );

    /// <summary>What the site of this domain shows on this path: that of the last Deployment which is visible by now.</summary>
    public ResourceVersion? FindLive(string domain, string path, DateTimeOffset now) =>
        database.First(
            $"""
            SELECT {VersionStore.Columns} FROM build_entries WHERE path = $2 AND build_sid = (
                SELECT deployments.build_sid FROM deployments JOIN environments ON environments.sid = environment_sid
                WHERE domain = $1 AND visible <= $3 ORDER BY deployments.id DESC LIMIT 1)
            """,
            VersionStore.Read,
            domain,
            path,
            now.ToStored()
        );

    private static Deployment Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetText(4),
            row.GetTime(5),
            row.GetTime(6)
        );
}
