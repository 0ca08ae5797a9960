namespace Serverless.Assets.Emulator.Storage;

/// <param name="BuildSid">Null for a Deployment that takes the site down.</param>
/// <param name="Visible">When the site starts to show the Build.</param>
internal sealed record Deployment(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string EnvironmentSid,
    string? BuildSid,
    DateTimeOffset Created,
    DateTimeOffset Visible
);

/// <summary>Stores Deployments and finds what they deploy.</summary>
internal sealed class DeploymentStore(Database database)
{
    /// <summary>Selects the Deployment that the site of domain <c>$1</c> shows at the time <c>$2</c>.</summary>
    private const string Visible = """
        deployments.id = (
            SELECT shown.id FROM deployments AS shown JOIN environments ON environments.sid = shown.environment_sid
            WHERE domain = $1 AND visible <= $2 ORDER BY shown.id DESC LIMIT 1)
        """;

    private readonly Table<Deployment> _table = new(
        database,
        "deployments",
        "sid, account_sid, service_sid, environment_sid, build_sid, created, visible",
        row => new Deployment(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetNullableString(4),
            row.GetTime(5),
            row.GetTime(6)
        ),
        deployment =>
            [
                deployment.Sid,
                deployment.AccountSid,
                deployment.ServiceSid,
                deployment.EnvironmentSid,
                deployment.BuildSid,
                deployment.Created,
                deployment.Visible,
            ]
    );

    private readonly Table<ResourceVersion> _buildEntries = VersionStore.CreateTable(database, "build_entries");

    public Deployment? Find(string environmentSid, string sid) =>
        _table.Find("sid = $1 AND environment_sid = $2", sid, environmentSid);

    public Page<Deployment> GetPage(string environmentSid, PageCursor cursor) =>
        _table.GetPage(cursor, "environment_sid = $1", environmentSid);

    public void Insert(Deployment deployment) => _table.Insert(deployment);

    /// <summary>Finds the version at a path in the latest visible Deployment of a domain.</summary>
    public ResourceVersion? FindLive(string domain, string path, DateTimeOffset now) =>
        _buildEntries.Find(
            $"path = $3 AND build_sid = (SELECT build_sid FROM deployments WHERE {Visible})",
            domain,
            now,
            path
        );

    /// <summary>Finds the latest visible Deployment of a domain.</summary>
    public Deployment? FindVisible(string domain, DateTimeOffset now) => _table.Find(Visible, domain, now);
}
