using static Serverless.Assets.Cli.Tests.Versions.WorkbenchVersions;

namespace Serverless.Assets.Cli.Tests.Versions;

/// <summary>An invalid command line ends with exit code 2 and all its errors, before any request.</summary>
public sealed class VersionsUsageTests
{
    private const string AssetExpected =
        "expected the SID of an Asset (ZH followed by 32 hexadecimal digits), or a path that starts with / and has at most 255 characters.";
    private const string VersionExpected =
        "expected the SID of an Asset Version (ZN followed by 32 hexadecimal digits).";

    public static TheoryData<string, string[], string[]> Rejected =>
        new()
        {
            { "create a.txt", [], ["Option '--asset' is required."] },
            {
                "create",
                ["--asset", "a.txt"],
                [$"--asset 'a.txt' is not valid: {AssetExpected}", "Required argument missing for command: 'create'."]
            },
            {
                "create",
                ["", "--asset", ""],
                [$"--asset '' is not valid: {AssetExpected}", "file '' is not valid: expected the path of a file."]
            },
            { "create a.txt", ["--asset", UnknownAsset], ["--path is required, because --asset is a SID."] },
            {
                "create a.txt",
                ["--asset", UnknownAsset, "--path", ""],
                ["--path is required, because --asset is a SID."]
            },
            { "create a.txt b.txt", ["--asset", "/a"], ["Unrecognized command or argument 'b.txt'."] },
            { "create a.txt", ["--asset", "/"], [$"--asset '/' is not valid: {AssetExpected}"] },
            { "create a.txt", ["--asset", "/a\u001b[2J"], [$@"--asset '/a\u001b[2J' is not valid: {AssetExpected}"] },
            {
                "get",
                [UnknownAsset, "ZN12", "--asset", UnknownVersion],
                [
                    $"--asset '{UnknownVersion}' is not valid: {AssetExpected}",
                    $"'{UnknownAsset}' is not valid: {VersionExpected}",
                    $"'ZN12' is not valid: {VersionExpected}",
                ]
            },
            { "get", ["--asset", "/a"], ["Required argument missing for command: 'get'."] },
            {
                "get",
                ["not-to-be-shown-a-secret-of-a-user", "--asset", "not-to-be-shown-a-secret-of-a-user"],
                [
                    $"--asset '(34 characters)' is not valid: {AssetExpected}",
                    $"'(34 characters)' is not valid: {VersionExpected}",
                ]
            },
            {
                "list",
                ["--asset", "ZS0123456789abcdef0123456789abcdef", "--limit", "-1", "--page-size", "0"],
                [
                    $"--asset 'ZS0123456789abcdef0123456789abcdef' is not valid: {AssetExpected}",
                    "--limit '-1' is not valid: expected a whole number of at least 0.",
                    "--page-size '0' is not valid: expected a whole number from 1 to 1000.",
                ]
            },
            {
                "list",
                ["--asset", "/a", "--limit", "all", "--page-size", "1001"],
                [
                    "--limit 'all' is not valid: expected a whole number of at least 0.",
                    "--page-size '1001' is not valid: expected a whole number from 1 to 1000.",
                ]
            },
            {
                "list",
                ["--asset", "/a", "--path", "/b"],
                ["Unrecognized command or argument '--path'.", "Unrecognized command or argument '/b'."]
            },
        };

    [Theory]
    [MemberData(nameof(Rejected))]
    public async Task All_errors_are_reported_at_once(string command, string[] options, string[] errors)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("a.txt");

        var run = await bench.RunAsync($"versions {command}", options);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Equal(
            [
                .. errors.Order(StringComparer.Ordinal),
                $"Try: serverless-assets versions {command.Split(' ')[0]} --help",
            ],
            run.ErrorLines.SkipLast(1).Order(StringComparer.Ordinal).Append(run.ErrorLines[^1])
        );
        Assert.Empty(await bench.Emulator.CountRequestsAsync());
    }

    [Fact]
    public async Task A_path_that_is_longer_than_any_name_is_rejected()
    {
        await using var bench = await Workbench.StartAsync();

        var longest = await bench.RunAsync("versions list", "--asset", "/" + new string('x', 254));
        var longer = await bench.RunAsync("versions list", "--asset", "/" + new string('x', 255));

        Assert.Equal((1, 2), (longest.ExitCode, longer.ExitCode));
    }
}
