namespace Serverless.Assets.Emulator.Storage;

internal sealed record Service(
    string Sid,
    string AccountSid,
    string UniqueName,
    string FriendlyName,
    bool IncludeCredentials,
    bool UiEditable,
    string DomainBase,
    DateTimeOffset Created,
    DateTimeOffset Updated
);

/// <summary>Stores Services. Unique names are case-insensitive.</summary>
internal sealed class ServiceStore(Database database)
{
    private readonly Table<Service> _table = new(
        database,
        "services",
        "sid, account_sid, unique_name, friendly_name, include_credentials, ui_editable, domain_base, created, updated",
        row => new Service(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetBoolean(4),
            row.GetBoolean(5),
            row.GetString(6),
            row.GetTime(7),
            row.GetTime(8)
        ),
        service =>
            [
                service.Sid,
                service.AccountSid,
                service.UniqueName,
                service.FriendlyName,
                service.IncludeCredentials,
                service.UiEditable,
                service.DomainBase,
                service.Created,
                service.Updated,
            ]
    );

    public Service? Find(string sidOrUniqueName) => _table.Find("sid = $1 OR unique_name = $1", sidOrUniqueName);

    public Service? FindBySid(string sid) => _table.Find("sid = $1", sid);

    public long GetCount() => database.QueryNumber("SELECT count(*) FROM services");

    public Page<Service> GetPage(PageCursor cursor) => _table.GetPage(cursor, "$1", true); // all rows

    public IReadOnlyList<Service> GetAll() => _table.Query("ORDER BY unique_name");

    public void Insert(Service service) => _table.Insert(service);

    public void Update(Service service) =>
        database.Execute(
            "UPDATE services SET friendly_name = $2, include_credentials = $3, ui_editable = $4, updated = $5 "
                + "WHERE sid = $1",
            service.Sid,
            service.FriendlyName,
            service.IncludeCredentials,
            service.UiEditable,
            service.Updated
        );

    /// <summary>Deletes a Service and all its resources.</summary>
    public void Delete(string sid) => _table.Delete(sid);
}
