namespace Serverless.Assets.TestSupport;

/// <summary>A file of the repository that a test generates.</summary>
internal static class GeneratedFile
{
    /// <summary>If set, the tests update the files.</summary>
    private const string Update = "SERVERLESS_ASSETS_UPDATE_DOCUMENTS";

    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        (await File.ReadAllTextAsync(Repository.PathOf(path), cancellationToken)).ReplaceLineEndings("\n");

    /// <summary>Fails the test if the file has other content, also if it updates the file.</summary>
    public static async Task AssertIsAsync(string path, string expected, CancellationToken cancellationToken)
    {
        var actual = File.Exists(Repository.PathOf(path)) ? await ReadAsync(path, cancellationToken) : "";
        if (Environment.GetEnvironmentVariable(Update) is not null)
        {
            await File.WriteAllTextAsync(Repository.PathOf(path), expected, cancellationToken);
        }

        Assert.True(
            expected == actual,
            $"{path} is out of date. Run this test with {Update}=1, and look at what changed:\n{GetChanges(actual, expected)}"
        );
    }

    /// <returns>The lines that only one of the texts has.</returns>
    private static string GetChanges(string actual, string expected)
    {
        var (before, after) = (actual.Split('\n'), expected.Split('\n'));
        return string.Join(
            '\n',
            [.. before.Except(after).Select(line => $"- {line}"), .. after.Except(before).Select(line => $"+ {line}")]
        );
    }
}
