using System.Text.RegularExpressions;

namespace Serverless.Assets.EndToEnd.Tests.Documents;

/// <summary>
/// Runs the code blocks of a page in its own folder (<see cref="ReadersFolder"/>), with an emulator in place of the
/// service.
/// </summary>
internal sealed partial class Reader(ReadersFolder folder, TestEmulator emulator)
{
    private const string AfterTwoDeployments = "after two deployments";

    private readonly Dictionary<string, string> _sids = [];
    private string _output = "";
    private bool _isProjectTried = true;

    /// <summary>Creates the site that the page requires.</summary>
    public async Task BeginAsync(DocumentPage page)
    {
        if (ReadersSites.FindCommands(page.Path) is { } commands)
        {
            await RunAsync(new CodeBlock(page.Path, 1, "run", "", commands), commands, 0);
        }
    }

    public async Task FollowAsync(CodeBlock block)
    {
        switch (block.Kind)
        {
            case "run":
                if (block.Argument == AfterTwoDeployments)
                {
                    await DeployTwiceAsync();
                }

                _output = await RunAsync(block, block.Text, block.Argument == "exit 1" ? 1 : 0);
                break;
            case "output":
                Check(block, block.Text);
                break;
            case "session":
                await FollowSessionAsync(block);
                break;
            case "project":
                folder.AddToProject(block.Text);
                _isProjectTried = false;
                break;
            case "write":
                folder.Write(block.Argument, block.Text);
                break;
        }
    }

    /// <summary>Builds the project if no command of the page has done so since its last change.</summary>
    public async Task EndAsync(CodeBlock last)
    {
        if (!_isProjectTried)
        {
            await RunAsync(last, "dotnet msbuild -restore -t:CollectServerlessAssets", 0);
        }
    }

    /// <summary>Runs commands, which begin with a dollar sign. Their output follows them.</summary>
    private async Task FollowSessionAsync(CodeBlock block)
    {
        foreach (var part in block.Text.Split("$ ", StringSplitOptions.RemoveEmptyEntries))
        {
            var end = part.IndexOf('\n', StringComparison.Ordinal) + 1;
            _output = await RunAsync(block, part[..end], 0);
            if (part[end..].Trim().Length > 0)
            {
                Check(block, part[end..]);
            }
        }
    }

    private async Task DeployTwiceAsync()
    {
        const string Deploy =
            "dotnet publish -p:ServerlessAssetsDeployOn=Publish -p:ServerlessAssetsManifestPath=serverless-assets.manifest.json";
        var here = new CodeBlock("(before the block)", 1, "run", "", Deploy);
        await RunAsync(here, Deploy, 0);
        await RunAsync(here, $"echo changed >> assets/index.html\n{Deploy}", 0);
    }

    private async Task<string> RunAsync(CodeBlock block, string commands, int expected)
    {
        // A page abbreviates SIDs: the last one of the kind that a command printed is meant.
        var text = Regex.Replace(
            commands.Replace("SK…", TestCredentials.ApiKey, StringComparison.Ordinal),
            "(Z[A-Z])…",
            match => _sids.GetValueOrDefault(match.Groups[1].Value, match.Value)
        );
        var (exitCode, output) = await folder.RunAsync(text, emulator.Url);
        Assert.True(exitCode == expected, $"{block}: exit code {exitCode}\n{output}");
        foreach (Match sid in Sid().Matches(output))
        {
            _sids[sid.Value[..2]] = sid.Value;
        }

        _isProjectTried = true;
        return output;
    }

    private void Check(CodeBlock block, string shown) =>
        Assert.True(Pattern(shown).IsMatch(_output), $"{block}: the page shows\n{shown}\nand the output is\n{_output}");

    /// <summary>
    /// Matches the lines in this order, with others between them. The width of gaps and the values of numbers do not
    /// matter.
    /// </summary>
    private static Regex Pattern(string shown) =>
        new(
            string.Join(
                @"[^\n]*\n([^\n]*\n)*?\s*",
                shown
                    .TrimEnd('\n')
                    .Split('\n')
                    .Select(line =>
                        string.Join(@"\s+", line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Word))
                    )
            )
        );

    /// <summary>Matches addresses of the emulator where the page has those of the service.</summary>
    private static string Word(string word) =>
        Figure()
            .Replace(Unit().Replace(Regex.Escape(word), "[KM]?B"), @"\d+(\.\d+)?")
            .Replace("…", @"[^\n]*?", StringComparison.Ordinal)
            .Replace("https://", "https?://", StringComparison.Ordinal)
            .Replace(@"\.twil\.io", @"\.localhost:\d+", StringComparison.Ordinal);

    [GeneratedRegex("Z[A-Z][0-9a-f]{32}")]
    private static partial Regex Sid();

    [GeneratedRegex(@"^[KM]?B\b")]
    private static partial Regex Unit();

    /// <summary>Matches a number in an escaped text, in which a period is <c>\.</c>.</summary>
    [GeneratedRegex(@"\d+(\\\.\d+)?")]
    private static partial Regex Figure();
}
