using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>A project with a warning about a file, an error about a file and one about none, and how they are to be shown.</summary>
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

    /// <summary>Looks that the lines with our codes, in whatever order and however often, are exactly these three.</summary>
    /// <param name="end">What the logger puts behind each.</param>
    public void AssertShown(string output, string end)
    {
        var targets = Path.Combine(
            _feed.Unpacked,
            "serverless.assets.build",
            _feed.Version,
            "build",
            "Serverless.Assets.Build.targets"
        );
        var credentials =
            "No credentials found. Sources searched: TWILIO_API_KEY with TWILIO_API_SECRET; TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN; Twilio:ApiKey with Twilio:ApiSecret or Twilio:AccountSid with Twilio:AuthToken in the project's user secrets. Set TWILIO_API_KEY and TWILIO_API_SECRET (or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN) in the environment.";
        string[] expected =
        [
            $"{targets}(*,5): error SAB1001: {credentials} ({BuildResult.HelpPage}#sab1001){end}",
            $"{_project.PathOf("assets/appsettings.json")}(1): warning SAB2016: 'assets/appsettings.json' looks like source code or settings and would be public. Exclude it, or add it to ServerlessAssetsAllow (a file name, or a path relative to the project; * and ** are wildcards). ({BuildResult.HelpPage}#sab2016){end}",
            $"{_project.PathOf("assets/empty.txt")}(1): error SAB2013: 'assets/empty.txt' is empty (0 bytes): the service requires at least 1 byte. Add content, delete the file, or exclude it with ExcludePatterns or .serverlessignore. ({BuildResult.HelpPage}#sab2013){end}",
        ];
        var shown = output
            .Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.Contains(" SAB", StringComparison.Ordinal))
            .Select(line => Regex.Replace(line, @"\(\d+,5\): ", "(*,5): ")) // the line of the task is no matter of this test
            .Distinct();
        Assert.Equal(expected.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
    }
}
