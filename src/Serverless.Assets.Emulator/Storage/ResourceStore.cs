namespace Serverless.Assets.Emulator.Storage;

/// <summary>The database stores these numbers.</summary>
internal enum ResourceKind
{
    Asset = 0,
    Function = 1,
}

/// <summary>An Asset or a Function, whose content is in its versions.</summary>
internal sealed record Resource(
    string Sid,
    string AccountSid,
    string ServiceSid,
    ResourceKind Kind,
    string FriendlyName,
    DateTimeOffset Created,
    DateTimeOffset Updated
);

/// <summary>Stores either the Assets or the Functions of all Services.</summary>
internal sealed class ResourceStore(Database database, ResourceKind kind)
{
    private readonly Table<Resource> _table = new(
        database,
        "resources",
        "sid, account_sid, service_sid, kind, friendly_name, created, updated",
        row => new Resource(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            (ResourceKind)row.GetInt32(3),
            row.GetString(4),
            row.GetTime(5),
            row.GetTime(6)
        ),
        resource =>
            [
                resource.Sid,
                resource.AccountSid,
                resource.ServiceSid,
                (int)resource.Kind,
                resource.FriendlyName,
                resource.Created,
                resource.Updated,
            ]
    );

    public Resource? Find(string serviceSid, string sid) =>
        _table.Find("sid = $1 AND service_sid = $2 AND kind = $3", sid, serviceSid, (int)kind);

    public Page<Resource> GetPage(string serviceSid, PageCursor cursor) =>
        _table.GetPage(cursor, $"service_sid = $1 AND kind = {(int)kind}", serviceSid);

    public void Insert(Resource resource) => _table.Insert(resource);

    public void Update(Resource resource) =>
        database.Execute(
            "UPDATE resources SET friendly_name = $2, updated = $3 WHERE sid = $1",
            resource.Sid,
            resource.FriendlyName,
            resource.Updated
        );

    /// <summary>Deletes an Asset or a Function and its versions.</summary>
    public void Delete(string sid) => _table.Delete(sid);
}
