namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// Finds rows that the emulator cannot have written. A data folder can come from someone else, or be damaged in a way
/// that SQLite does not notice. Whoever reads rows after the check can rely on them.
/// </summary>
internal static class RowCheck
{
    private const string Sha256 = "length({0}) = 64 AND {0} NOT GLOB '*[^0-9a-f]*'";

    /// <summary>What <see cref="DateTimeOffset"/> can represent, in Unix milliseconds.</summary>
    private const string Time = "typeof({0}) = 'integer' AND {0} BETWEEN -62135596800000 AND 253402300799999";

    private const string Size = "typeof({0}) = 'integer' AND {0} >= 0";
    private const string Kind = "{0} IN (0, 1)";
    private const string Visibility = "{0} IN ('public', 'protected', 'private')";

    private const string Text = "typeof({0}) = 'text'";

    private const string Dependencies = """
        CASE WHEN json_valid({0}) THEN json_type({0}) = 'array' AND NOT EXISTS (
            SELECT 1 FROM json_each({0}) WHERE type <> 'object'
                OR json_type(value, '$.name') IS NOT 'text' OR json_type(value, '$.version') IS NOT 'text')
        ELSE 0 END
        """;

    private static readonly (string Table, string Column, string Condition)[] Rules =
    [
        ("services", "created", Time),
        ("services", "updated", Time),
        ("resources", "kind", Kind),
        ("resources", "created", Time),
        ("resources", "updated", Time),
        .. GetVersionRules("versions"),
        ("builds", "dependencies", Dependencies),
        ("builds", "created", Time),
        ("builds", "ready", Time),
        .. GetVersionRules("build_entries"),
        ("environments", "created", Time),
        ("environments", "updated", Time),
        ("deployments", "created", Time),
        ("deployments", "visible", Time),
        ("variables", "key", Text),
        ("variables", "value", Text),
        ("variables", "created", Time),
        ("variables", "updated", Time),
        ("logs", "message", Text),
        ("logs", "created", Time),
    ];

    /// <returns>The first damage; null if there is none.</returns>
    public static string? FindDamage(Database database)
    {
        foreach (var (table, column, condition) in Rules)
        {
            var isValid = condition.Replace("{0}", column, StringComparison.Ordinal);
            if (database.QueryNumber($"SELECT EXISTS (SELECT 1 FROM {table} WHERE NOT ({isValid}))") != 0)
            {
                return $"'{column}' of a row in '{table}' is not valid";
            }
        }

        return null;
    }

    private static (string Table, string Column, string Condition)[] GetVersionRules(string table) =>
        [
            (table, "kind", Kind),
            (table, "visibility", Visibility),
            (table, "sha256", Sha256),
            (table, "size", Size),
            (table, "created", Time),
        ];
}
