using System.Globalization;
using System.Security.Cryptography;

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

/// <summary>Stores Services. Unique names are case-insensitive, and unique in an account.</summary>
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

    public Service? Find(string accountSid, string sidOrUniqueName) =>
        _table.Find("account_sid = $1 AND (sid = $2 OR unique_name = $2)", accountSid, sidOrUniqueName);

    public Service? FindBySid(string sid) => _table.Find("sid = $1", sid);

    public long GetCount(string accountSid) =>
        database.QueryNumber("SELECT count(*) FROM services WHERE account_sid = $1", accountSid);

    public Page<Service> GetPage(string accountSid, PageCursor cursor) =>
        _table.GetPage(cursor, "account_sid = $1", accountSid);

    /// <summary>The Services of all accounts, by name.</summary>
    public IReadOnlyList<Service> GetAll() => _table.Query("ORDER BY unique_name, id");

    /// <summary>Whether a Service of any account has this domain.</summary>
    private bool IsTaken(string domainBase) => _table.Find("domain_base = $1", domainBase) is not null;

    /// <summary>
    /// The unique name in lower case, because host names ignore case, and four digits, because other accounts can have
    /// the same name.
    /// </summary>
    public string CreateDomainBase(string uniqueName)
    {
        while (true)
        {
            var digits = RandomNumberGenerator.GetInt32(10_000);
            var domain = string.Create(CultureInfo.InvariantCulture, $"{uniqueName.ToLowerInvariant()}-{digits:0000}");
            if (!IsTaken(domain))
            {
                return domain;
            }
        }
    }

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
