using Microsoft.Data.Sqlite;

namespace Serverless.Assets.Emulator.Storage;

internal sealed class ServiceStore(Database database)
{
    private const string Columns =
        "sid, account_sid, unique_name, friendly_name, include_credentials, ui_editable, domain_base, created, updated";

    public Service? Find(string sidOrUniqueName) =>
        database.First($"SELECT {Columns} FROM services WHERE sid = $1 OR unique_name = $1", Read, sidOrUniqueName);

    public long Count() => database.Number("SELECT count(*) FROM services");

    public Page<Service> List(PageCursor cursor) =>
        PagedQuery.Read(database, Columns, "services WHERE $1", Read, cursor, true);

    public IReadOnlyList<Service> All() => database.Query($"SELECT {Columns} FROM services ORDER BY unique_name", Read);

    public void Add(Service service) =>
        database.Execute(
            $"INSERT INTO services ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            service.Sid,
            service.AccountSid,
            service.UniqueName,
            service.FriendlyName,
            service.IncludeCredentials,
            service.UiEditable,
            service.DomainBase,
            service.Created.ToStored(),
            service.Updated.ToStored()
        );

    public void Update(Service service) =>
        database.Execute(
            "UPDATE services SET friendly_name = $2, include_credentials = $3, ui_editable = $4, updated = $5 WHERE sid = $1",
            service.Sid,
            service.FriendlyName,
            service.IncludeCredentials,
            service.UiEditable,
            service.Updated.ToStored()
        );

    public void Delete(string sid) => database.Execute("DELETE FROM services WHERE sid = $1", sid);

    private static Service Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetBoolean(4),
            row.GetBoolean(5),
            row.GetString(6),
            row.GetTime(7),
            row.GetTime(8)
        );
}
