namespace Serverless.Assets.Cli.Options;

/// <summary>Keys that hold secrets elsewhere, and that somebody may try in a config file.</summary>
internal static class ConfigSecrets
{
    private static readonly string[] Words = ["secret", "token", "password", "apikey", "credential", "accountsid"];

    public static bool IsLikeOne(string key)
    {
        var letters = string.Concat(key.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Words.Any(word => letters.Contains(word, StringComparison.Ordinal));
    }
}
