namespace Serverless.Assets.Emulator.Storage;

/// <summary>An Asset Version or a Function Version.</summary>
/// <param name="Sha256">Lowercase hexadecimal; also the key in the <see cref="IContentStore"/>.</param>
internal sealed record ResourceVersion(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string ResourceSid,
    ResourceKind Kind,
    string Path,
    string Visibility,
    string ContentType,
    string Sha256,
    long Size,
    DateTimeOffset Created
)
{
    /// <summary>Null for a Function Version.</summary>
    public string? AssetSid => Kind == ResourceKind.Asset ? ResourceSid : null;

    /// <summary>Null for an Asset Version.</summary>
    public string? FunctionSid => Kind == ResourceKind.Function ? ResourceSid : null;
}

/// <summary>Stores either the Asset Versions or the Function Versions of all Services.</summary>
internal sealed class VersionStore(Database database, ResourceKind kind)
{
    public const string Columns =
        "sid, account_sid, service_sid, resource_sid, kind, path, visibility, content_type, sha256, size, created";

    private readonly Table<ResourceVersion> _table = CreateTable(database, "versions");

    /// <summary>Creates a table of versions: of the versions themselves, or of the copies in Builds.</summary>
    public static Table<ResourceVersion> CreateTable(Database database, string name) =>
        new(
            database,
            name,
            Columns,
            row => new ResourceVersion(
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
            ),
            version =>
                [
                    version.Sid,
                    version.AccountSid,
                    version.ServiceSid,
                    version.ResourceSid,
                    (int)version.Kind,
                    version.Path,
                    version.Visibility,
                    version.ContentType,
                    version.Sha256,
                    version.Size,
                    version.Created,
                ]
        );

    /// <summary>Finds a version of either kind by its SID, in all Services.</summary>
    public ResourceVersion? FindOfAnyKind(string sid) => _table.Find("sid = $1", sid);

    public ResourceVersion? Find(string serviceSid, string sid) =>
        _table.Find("sid = $1 AND service_sid = $2 AND kind = $3", sid, serviceSid, (int)kind);

    public Page<ResourceVersion> GetPage(string resourceSid, PageCursor cursor) =>
        _table.GetPage(cursor, "resource_sid = $1", resourceSid);

    /// <summary>The newest versions of a Service, newest first.</summary>
    public IReadOnlyList<ResourceVersion> GetNewest(string serviceSid, int limit = int.MaxValue) =>
        _table.Query("WHERE service_sid = $1 AND kind = $2 ORDER BY id DESC LIMIT $3", serviceSid, (int)kind, limit);

    /// <summary>
    /// The newest version of each Asset or Function of a Service and the number of its versions, sorted by path.
    /// </summary>
    public IReadOnlyList<(ResourceVersion Version, long Count)> GetNewestOfEach(string serviceSid, int limit) =>
        [
            .. _table
                .Query(
                    "WHERE id IN (SELECT max(id) FROM versions WHERE service_sid = $1 AND kind = $2 "
                        + "GROUP BY resource_sid) ORDER BY path LIMIT $3",
                    serviceSid,
                    (int)kind,
                    limit
                )
                .Select(version => (version, GetCountOfResource(version.ResourceSid))),
        ];

    /// <summary>The number of Assets or Functions of a Service that have versions.</summary>
    public long GetResourceCount(string serviceSid) =>
        database.QueryNumber(
            "SELECT count(DISTINCT resource_sid) FROM versions WHERE service_sid = $1 AND kind = $2",
            serviceSid,
            (int)kind
        );

    public long GetCount(string serviceSid) =>
        database.QueryNumber(
            "SELECT count(*) FROM versions WHERE service_sid = $1 AND kind = $2",
            serviceSid,
            (int)kind
        );

    public void Insert(ResourceVersion version) => _table.Insert(version);

    private long GetCountOfResource(string resourceSid) =>
        database.QueryNumber("SELECT count(*) FROM versions WHERE resource_sid = $1", resourceSid);
}
