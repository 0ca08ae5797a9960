namespace Serverless.Assets.Emulator.Storage;

internal static class BuildStatus
{
    public const string Building = "building";
    public const string Completed = "completed";
    public const string Failed = "failed";
}

/// <param name="Dependencies">JSON array of objects with <c>name</c> and <c>version</c>.</param>
/// <param name="Ready">
/// When the Build stops being <c>building</c>. It is stored at creation, so a restart does not change it.
/// </param>
/// <param name="Fails">Whether the Build then becomes <c>failed</c> instead of <c>completed</c>.</param>
internal sealed record Build(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string Runtime,
    string Dependencies,
    DateTimeOffset Created,
    DateTimeOffset Ready,
    bool Fails
)
{
    public string GetStatus(DateTimeOffset now) =>
        now < Ready ? BuildStatus.Building
        : Fails ? BuildStatus.Failed
        : BuildStatus.Completed;
}

/// <summary>Stores Builds, each with copies of its versions, which remain if the versions are deleted.</summary>
internal sealed class BuildStore(Database database)
{
    private readonly Table<Build> _table = new(
        database,
        "builds",
        "sid, account_sid, service_sid, runtime, dependencies, created, ready, fails",
        row => new Build(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetTime(5),
            row.GetTime(6),
            row.GetBoolean(7)
        ),
        build =>
            [
                build.Sid,
                build.AccountSid,
                build.ServiceSid,
                build.Runtime,
                build.Dependencies,
                build.Created,
                build.Ready,
                build.Fails,
            ]
    );

    private readonly Table<ResourceVersion> _entries = VersionStore.CreateTable(database, "build_entries");

    public Build? Find(string serviceSid, string sid) => _table.Find("sid = $1 AND service_sid = $2", sid, serviceSid);

    public Page<Build> GetPage(string serviceSid, PageCursor cursor) =>
        _table.GetPage(cursor, "service_sid = $1", serviceSid);

    /// <summary>The latest Build of a Service that has completed.</summary>
    public Build? FindLastCompleted(string serviceSid, DateTimeOffset now) =>
        _table
            .Query("WHERE service_sid = $1 AND ready <= $2 AND NOT fails ORDER BY id DESC LIMIT 1", serviceSid, now)
            .FirstOrDefault();

    /// <summary>The number of Builds that an account has created after a time.</summary>
    public long GetCount(string accountSid, DateTimeOffset after) =>
        database.QueryNumber("SELECT count(*) FROM builds WHERE account_sid = $1 AND created > $2", accountSid, after);

    public IReadOnlyList<ResourceVersion> GetVersions(string buildSid) =>
        _entries.Query("WHERE build_sid = $1 ORDER BY id", buildSid);

    public void Insert(Build build, IEnumerable<ResourceVersion> versions)
    {
        _table.Insert(build);
        foreach (var version in versions)
        {
            database.Execute(
                $"INSERT INTO build_entries (build_sid, {VersionStore.Columns}) "
                    + $"SELECT $1, {VersionStore.Columns} FROM versions WHERE sid = $2",
                build.Sid,
                version.Sid
            );
        }
    }

    public void Delete(string sid) => _table.Delete(sid);
}
