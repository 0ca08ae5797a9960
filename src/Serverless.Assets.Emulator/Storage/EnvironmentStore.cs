namespace Serverless.Assets.Emulator.Storage;

/// <param name="DomainSuffix">Empty: none.</param>
/// <param name="Domain">The first label of the site's host name: domain base and suffix, in lower case.</param>
/// <param name="BuildSid">The Build of the latest Deployment; null if nothing is deployed.</param>
internal sealed record DeployEnvironment(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string UniqueName,
    string DomainSuffix,
    string Domain,
    DateTimeOffset Created,
    DateTimeOffset Updated,
    string? BuildSid
);

internal sealed class EnvironmentStore(Database database)
{
    private readonly Table<DeployEnvironment> _table = new(
        database,
        "environments",
        "sid, account_sid, service_sid, unique_name, domain_suffix, domain, created, updated",
        row => new DeployEnvironment(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetTime(6),
            row.GetTime(7),
            row.GetNullableString(8)
        ),
        environment =>
            [
                environment.Sid,
                environment.AccountSid,
                environment.ServiceSid,
                environment.UniqueName,
                environment.DomainSuffix,
                environment.Domain,
                environment.Created,
                environment.Updated,
            ],
        computed: "(SELECT build_sid FROM deployments WHERE environment_sid = environments.sid "
            + "ORDER BY id DESC LIMIT 1)"
    );

    public DeployEnvironment? Find(string serviceSid, string sid) =>
        _table.Find("sid = $1 AND service_sid = $2", sid, serviceSid);

    public Page<DeployEnvironment> GetPage(string serviceSid, PageCursor cursor) =>
        _table.GetPage(cursor, "service_sid = $1", serviceSid);

    public IReadOnlyList<DeployEnvironment> GetAll(string serviceSid) =>
        _table.Query("WHERE service_sid = $1 ORDER BY domain_suffix", serviceSid);

    public void Insert(DeployEnvironment environment) => _table.Insert(environment);

    public void SetUpdated(string sid, DateTimeOffset updated) =>
        database.Execute("UPDATE environments SET updated = $2 WHERE sid = $1", sid, updated);

    /// <summary>Deletes an Environment, its Deployments, its Variables and its Logs.</summary>
    public void Delete(string sid) => _table.Delete(sid);
}
