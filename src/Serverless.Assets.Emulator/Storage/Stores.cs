namespace Serverless.Assets.Emulator.Storage;

/// <summary>The stores of one emulator's resources, which share a database.</summary>
internal sealed class Stores(Database database)
{
    private static readonly TimeSpan RetentionPeriod = TimeSpan.FromDays(7);
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(1);

    private long _lastRetention; // UTC ticks

    public ServiceStore Services { get; } = new(database);

    public ResourceStore Assets { get; } = new(database, ResourceKind.Asset);

    public ResourceStore Functions { get; } = new(database, ResourceKind.Function);

    public VersionStore AssetVersions { get; } = new(database, ResourceKind.Asset);

    public VersionStore FunctionVersions { get; } = new(database, ResourceKind.Function);

    public BuildStore Builds { get; } = new(database);

    public EnvironmentStore Environments { get; } = new(database);

    public DeploymentStore Deployments { get; } = new(database);

    public VariableStore Variables { get; } = new(database);

    public LogStore Logs { get; } = new(database);

    public ResourceStore GetResources(ResourceKind kind) => kind == ResourceKind.Asset ? Assets : Functions;

    public VersionStore GetVersions(ResourceKind kind) => kind == ResourceKind.Asset ? AssetVersions : FunctionVersions;

    /// <summary>Finds an Asset or a Function.</summary>
    public Resource? FindResource(string serviceSid, string sid) =>
        Assets.Find(serviceSid, sid) ?? Functions.Find(serviceSid, sid);

    /// <inheritdoc cref="Database.InTransaction{T}"/>
    public T InTransaction<T>(Func<T> work) => database.InTransaction(work);

    /// <summary>
    /// Finds the name of a Service, an Asset, a Function or an Environment, or the key of a Variable; null for any other
    /// SID. Unlike the SID, it is the same in every run.
    /// </summary>
    public string? FindName(string sid) =>
        database.QueryFirst(
            """
            SELECT unique_name FROM services WHERE sid = $1
            UNION ALL SELECT friendly_name FROM resources WHERE sid = $1
            UNION ALL SELECT unique_name FROM environments WHERE sid = $1
            UNION ALL SELECT key FROM variables WHERE sid = $1
            """,
            row => row.GetString(0),
            sid
        );

    /// <summary>Deletes all Services, and everything that belongs to them.</summary>
    /// <returns>The number of Services.</returns>
    public int DeleteAll() => database.Execute("DELETE FROM services");

    /// <summary>Gets the SHA-256 of all content that a version or a Build refers to.</summary>
    public HashSet<string> GetContentHashes() =>
        [
            .. database.Query(
                "SELECT sha256 FROM versions UNION SELECT sha256 FROM build_entries",
                row => row.GetString(0)
            ),
        ];

    /// <summary>Whether a version or a Build refers to this content.</summary>
    public bool RefersTo(string sha256) =>
        database.QueryFirst(
            "SELECT sha256 FROM versions WHERE sha256 = $1 UNION ALL SELECT sha256 FROM build_entries WHERE sha256 = $1",
            row => row.GetString(0),
            sha256
        )
            is not null;

    /// <summary>
    /// Deletes what the service deletes after seven days: versions that are in no Build, and Assets and Functions
    /// without versions. Does nothing within a minute of the last call, so it can be called for every request.
    /// </summary>
    /// <param name="now">The service's time, which may jump in both directions.</param>
    /// <param name="undeployedBuildHours">After how many hours to delete Builds that are not deployed; 0: never.</param>
    public void DeleteExpired(DateTimeOffset now, int undeployedBuildHours)
    {
        var last = Volatile.Read(ref _lastRetention);
        if (
            Math.Abs(now.UtcTicks - last) < RetentionInterval.Ticks
            || Interlocked.CompareExchange(ref _lastRetention, now.UtcTicks, last) != last
        )
        {
            return;
        }

        var limit = now - RetentionPeriod;
        var buildLimit = undeployedBuildHours == 0 ? DateTimeOffset.MinValue : now.AddHours(-undeployedBuildHours);
        database.InTransaction(() =>
            database.Execute(
                """
                DELETE FROM builds WHERE created < $1 AND sid NOT IN (
                    SELECT build_sid FROM deployments WHERE build_sid IS NOT NULL
                        AND id IN (SELECT max(id) FROM deployments GROUP BY environment_sid))
                """,
                buildLimit
            )
            + database.Execute(
                "DELETE FROM versions WHERE created < $1 AND sid NOT IN (SELECT sid FROM build_entries)",
                limit
            )
            + database.Execute(
                "DELETE FROM resources WHERE created < $1 AND sid NOT IN (SELECT resource_sid FROM versions)",
                limit
            )
        );
    }
}
