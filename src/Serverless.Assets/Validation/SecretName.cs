namespace Serverless.Assets.Validation;

/// <summary>The names that files with secrets usually have. Letter case does not matter.</summary>
internal static class SecretName
{
    private static readonly string[] Prefixes = [".env", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"];

    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".pem",
        ".pfx",
        ".p12",
        ".key",
        ".ppk",
        ".jks",
        ".keystore",
        ".kdbx",
        ".binlog", // contains the environment variables of the build
    };

    /// <summary>What editors and people append to the name of a backup.</summary>
    private static readonly string[] BackupSuffixes =
    [
        "~",
        ".bak",
        ".backup",
        ".old",
        ".orig",
        ".save",
        ".copy",
        ".swp",
        ".tmp",
    ];

    /// <param name="name">A file name without its folder.</param>
    public static bool Matches(string name) =>
        Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || Extensions.Contains(Path.GetExtension(name))
        || Extensions.Contains(Path.GetExtension(RemoveBackupSuffix(name)));

    private static string RemoveBackupSuffix(string name) =>
        Array.Find(BackupSuffixes, suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) is { } found
            ? name[..^found.Length]
            : name;
}
