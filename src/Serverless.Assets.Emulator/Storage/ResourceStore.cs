using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>The Assets, or the Functions, of all Services.</summary>
internal sealed class ResourceStore(Database database, ResourceKind kind)
{
    private const string Columns = "sid, account_sid, service_sid, kind, friendly_name, created, updated";

    private readonly int _kind = (int)kind;

    public ResourceKind Kind => kind;

    public Resource? Find(string serviceSid, string sid) =>
        database.First(
            $"SELECT {Columns} FROM resources WHERE sid = $1 AND service_sid = $2 AND kind = $3",
            Read,
            sid,
            serviceSid,
            _kind
        );

    public Page<Resource> List(string serviceSid, PageCursor cursor) =>
        PagedQuery.Read(
            database,
            Columns,
            $"resources WHERE service_sid = $1 AND kind = {_kind}",
            Read,
            cursor,
            serviceSid
        );

    public void Add(Resource resource) =>
        database.Execute(
            $"INSERT INTO resources ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            resource.Sid,
            resource.AccountSid,
            resource.ServiceSid,
            _kind,
            resource.FriendlyName,
            resource.Created.ToStored(),
            resource.Updated.ToStored()
        );

    public void Update(Resource resource) =>
        database.Execute(
            "UPDATE resources SET friendly_name = $2, updated = $3 WHERE sid = $1",
            resource.Sid,
            resource.FriendlyName,
            resource.Updated.ToStored()
        );

    /// <summary>Its versions go with it.</summary>
    public void Delete(string sid) => database.Execute("DELETE FROM resources WHERE sid = $1", sid);

    private static Resource Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            (ResourceKind)row.GetInt32(3),
            row.GetString(4),
            row.GetTime(5),
            row.GetTime(6)
        );
}
