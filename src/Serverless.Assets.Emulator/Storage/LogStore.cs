namespace Serverless.Assets.Emulator.Storage;

/// <summary>A message about a request to a Function.</summary>
internal sealed record Log(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string EnvironmentSid,
    string BuildSid,
    string DeploymentSid,
    string FunctionSid,
    string RequestSid,
    string Level,
    string Message,
    DateTimeOffset Created
);

/// <summary>Selects Logs.</summary>
/// <param name="FunctionSid">Null: all Functions.</param>
/// <param name="Start">Inclusive, as is <paramref name="End"/>.</param>
internal sealed record LogFilter(string? FunctionSid, DateTimeOffset Start, DateTimeOffset End);

/// <summary>Stores the newest Logs of each Environment.</summary>
internal sealed class LogStore(Database database)
{
    /// <summary>Per Environment.</summary>
    private const int MaxCount = 1000;

    private readonly Table<Log> _table = new(
        database,
        "logs",
        "sid, account_sid, service_sid, environment_sid, build_sid, deployment_sid, function_sid, request_sid, level, "
            + "message, created",
        row => new Log(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            row.GetString(7),
            row.GetString(8),
            row.GetString(9),
            row.GetTime(10)
        ),
        log =>
            [
                log.Sid,
                log.AccountSid,
                log.ServiceSid,
                log.EnvironmentSid,
                log.BuildSid,
                log.DeploymentSid,
                log.FunctionSid,
                log.RequestSid,
                log.Level,
                log.Message,
                log.Created,
            ]
    );

    public Log? Find(string environmentSid, string sid) =>
        _table.Find("sid = $1 AND environment_sid = $2", sid, environmentSid);

    public Page<Log> GetPage(string environmentSid, LogFilter filter, PageCursor cursor) =>
        _table.GetPage(
            cursor,
            "environment_sid = $1 AND created BETWEEN $2 AND $3 AND function_sid = ifnull($4, function_sid)",
            environmentSid,
            filter.Start,
            filter.End,
            filter.FunctionSid
        );

    /// <summary>Adds a Log and deletes the oldest one of its Environment if there are too many.</summary>
    public void Insert(Log log)
    {
        _table.Insert(log);
        database.Execute(
            """
            DELETE FROM logs WHERE environment_sid = $1 AND id <= (
                SELECT id FROM logs WHERE environment_sid = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
            """,
            log.EnvironmentSid,
            MaxCount
        );
    }
}
