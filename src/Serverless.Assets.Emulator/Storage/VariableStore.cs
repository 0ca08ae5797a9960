namespace Serverless.Assets.Emulator.Storage;

internal sealed record Variable(
    string Sid,
    string AccountSid,
    string ServiceSid,
    string EnvironmentSid,
    string Key,
    string Value,
    DateTimeOffset Created,
    DateTimeOffset Updated
);

/// <summary>Stores the Variables of all Environments.</summary>
internal sealed class VariableStore(Database database)
{
    private readonly Table<Variable> _table = new(
        database,
        "variables",
        "sid, account_sid, service_sid, environment_sid, key, value, created, updated",
        row => new Variable(
            row.GetString(0),
            row.GetString(1),
            row.GetString(2),
            row.GetString(3),
            row.GetString(4),
            row.GetString(5),
            row.GetTime(6),
            row.GetTime(7)
        ),
        variable =>
            [
                variable.Sid,
                variable.AccountSid,
                variable.ServiceSid,
                variable.EnvironmentSid,
                variable.Key,
                variable.Value,
                variable.Created,
                variable.Updated,
            ]
    );

    public Variable? Find(string environmentSid, string sid) =>
        _table.Find("sid = $1 AND environment_sid = $2", sid, environmentSid);

    public Page<Variable> GetPage(string environmentSid, PageCursor cursor) =>
        _table.GetPage(cursor, "environment_sid = $1", environmentSid);

    public void Insert(Variable variable) => _table.Insert(variable);

    public void Update(Variable variable) =>
        database.Execute(
            "UPDATE variables SET key = $2, value = $3, updated = $4 WHERE sid = $1",
            variable.Sid,
            variable.Key,
            variable.Value,
            variable.Updated
        );

    public void Delete(string sid) => _table.Delete(sid);
}
