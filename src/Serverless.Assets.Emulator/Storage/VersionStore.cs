using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>The Asset Versions, or the Function Versions, of all Services.</summary>
internal sealed class VersionStore(Database database, ResourceKind kind)
{
    public const string Columns =
        "sid, account_sid, service_sid, resource_sid, kind, path, visibility, content_type, sha256, size, created";

    private readonly int _kind = (int)kind;

    public ResourceKind Kind => kind;

    /// <summary>Finds a version by its SID alone, whatever it is a version of.</summary>
    public static ResourceVersion? FindAny(Database database, string sid) =>
        database.First($"SELECT {Columns} FROM versions WHERE sid = $1", Read, sid);

    public ResourceVersion? Find(string serviceSid, string sid) =>
        database.First(
            $"SELECT {Columns} FROM versions WHERE sid = $1 AND service_sid = $2 AND kind = $3",
            Read,
            sid,
            serviceSid,
            _kind
        );

    public Page<ResourceVersion> List(string resourceSid, PageCursor cursor) =>
        PagedQuery.Read(database, Columns, "versions WHERE resource_sid = $1", Read, cursor, resourceSid);

    public IReadOnlyList<ResourceVersion> Newest(string serviceSid, int count) =>
        database.Query(
            $"SELECT {Columns} FROM versions WHERE service_sid = $1 AND kind = $2 ORDER BY id DESC LIMIT $3",
            Read,
            serviceSid,
            _kind,
            count
        );

    public long Count(string serviceSid) =>
        database.Number("SELECT count(*) FROM versions WHERE service_sid = $1 AND kind = $2", serviceSid, _kind);

    public void Add(ResourceVersion version) =>
        database.Execute(
            $"INSERT INTO versions ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            version.Sid,
            version.AccountSid,
            version.ServiceSid,
            version.ResourceSid,
            _kind,
            version.Path,
            version.Visibility,
            version.ContentType,
            version.Sha256,
            version.Size,
            version.Created.ToStored()
        );

    public static ResourceVersion Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            (ResourceKind)row.GetInt32(4),
            row.GetString(5),
            row.GetString(6),
            row.GetString(7),
            row.GetString(8),
            row.GetInt64(9),
            row.GetTime(10)
        );
}
