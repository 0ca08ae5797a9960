using System.Text.RegularExpressions;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A project with a warning about a file, an error about a file and an error without a file, and how they are shown.
/// </summary>
internal sealed class FaultyProject
{
    public static readonly string[] Codes = ["SAB1001", "SAB2013", "SAB2016"];

    private readonly ConsumerProject _project;
    private readonly PackageFeed _feed;

    public FaultyProject(ConsumerProject project, PackageFeed feed)
    {
        _project = project
            .Property("ServerlessAssetsServiceName", "site")
            .File("assets/appsettings.json", "{}")
            .File("assets/empty.txt", "");
        _feed = feed;
    }

    /// <summary>
    /// Asserts that the lines with codes of the package are exactly these three, in any order and number.
    /// </summary>
    /// <param name="end">What the logger appends to each line.</param>
    public void AssertShown(string output, string end)
    {
        var targets = Path.Combine(
            _feed.Unpacked,
            "serverless.assets.build",
            _feed.Version,
            "build",
            "Serverless.Assets.Build.targets"
        );
        string[] expected =
        [
            $"{targets}(*,5): error SAB1001: {ExpectedMessages.NoCredentials}{End("SAB1001")}",
            $"{_project.PathOf("assets/appsettings.json")}(1): warning SAB2016: 'assets/appsettings.json' looks like "
                + "source code or settings and would be public. Exclude it, or add it to ServerlessAssetsAllow (a file "
                + $"name, or a path relative to the project; * and ** are wildcards).{End("SAB2016")}",
            $"{_project.PathOf("assets/empty.txt")}(1): error SAB2013: 'assets/empty.txt' is empty (0 bytes): the "
                + "service requires at least 1 byte. Add content, delete the file, or exclude it with ExcludePatterns or "
                + $".serverlessignore.{End("SAB2013")}",
        ];
        var shown = output
            .Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.Contains(" SAB", StringComparison.Ordinal))
            .Select(line => Regex.Replace(line, @"\(\d+,5\): ", "(*,5): ")) // the line of the task is not under test
            .Distinct();
        Assert.Equal(expected.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));

        string End(string code) => $" ({ExpectedMessages.GetHelpLink(code)}){end}";
    }
}
