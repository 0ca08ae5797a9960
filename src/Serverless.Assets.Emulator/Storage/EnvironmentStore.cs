using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

internal sealed class EnvironmentStore(Database database)
{
    private const string Stored = "sid, account_sid, service_sid, unique_name, domain_suffix, domain, created, updated";

    private const string LastBuild =
        "(SELECT build_sid FROM deployments WHERE environment_sid = environments.sid ORDER BY id DESC LIMIT 1)";

    private const string Columns = $"{Stored}, {LastBuild}";

    public DeployEnvironment? Find(string serviceSid, string sid) =>
        database.First(
            $"SELECT {Columns} FROM environments WHERE sid = $1 AND service_sid = $2",
            Read,
            sid,
            serviceSid
        );

    public Page<DeployEnvironment> List(string serviceSid, PageCursor cursor) =>
        PagedQuery.Read(database, Columns, "environments WHERE service_sid = $1", Read, cursor, serviceSid);

    public IReadOnlyList<DeployEnvironment> All(string serviceSid) =>
        database.Query(
            $"SELECT {Columns} FROM environments WHERE service_sid = $1 ORDER BY domain_suffix",
            Read,
            serviceSid
        );

    public void Add(DeployEnvironment environment) =>
        database.Execute(
            $"INSERT INTO environments ({Stored}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            environment.Sid,
            environment.AccountSid,
            environment.ServiceSid,
            environment.UniqueName,
            environment.DomainSuffix,
            environment.Domain,
            environment.Created.ToStored(),
            environment.Updated.ToStored()
        );

    public void Touch(string sid, DateTimeOffset now) =>
        database.Execute("UPDATE environments SET updated = $2 WHERE sid = $1", sid, now.ToStored());

    public void Delete(string sid) => database.Execute("DELETE FROM environments WHERE sid = $1", sid);

    private static DeployEnvironment Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetTime(6),
            row.GetTime(7),
            row.GetText(8)
        );
}
