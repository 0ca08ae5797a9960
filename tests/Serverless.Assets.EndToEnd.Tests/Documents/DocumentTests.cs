namespace Serverless.Assets.EndToEnd.Tests.Documents;

/// <summary>
/// The code blocks of the documentation, each followed as a reader would from the top of its page to its end. The comment
/// before a block says what it is:
/// <list type="bullet">
/// <item><c>run</c>: commands for a shell; <c>run: exit 1</c>: they are to fail; <c>run: after two deployments</c>: those come first.</item>
/// <item><c>output</c>: lines that the last commands printed, in this order; <c>…</c> stands for any text, a figure for any figure.</item>
/// <item><c>session</c>: commands after a dollar sign, and what they print.</item>
/// <item><c>project</c>: goes into the project file.</item>
/// <item><c>write: FILE</c>: is the content of a file.</item>
/// <item><c>run by: CLASS</c>: a test class of its own does more with it.</item>
/// <item><c>not run: REASON</c></item>
/// </list>
/// </summary>
public sealed class DocumentTests(PackageFeed feed) : EndToEndTest(feed)
{
    private static readonly string[] Pages =
    [
        .. new[] { "README.md", "CONTRIBUTING.md" },
        .. Directory
            .EnumerateFiles(Repository.PathOf("docs"), "*.md")
            .Select(file => $"docs/{Path.GetFileName(file)}")
            .Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> FollowedPages =>
        [.. Pages.Where(page => DocumentPage.Read(page).Blocks.Any(block => block.Kind == "run"))];

    [Fact]
    public void Every_code_block_states_how_it_is_tested_or_why_not()
    {
        string[] kinds = ["run", "output", "session", "project", "write", "run by", "not run"];
        Assert.Empty(
            Pages
                .SelectMany(page => DocumentPage.Read(page).Blocks)
                .Where(block => !kinds.Contains(block.Kind))
                .Select(block => $"{block}: {block.Kind}")
        );
    }

    [Fact]
    public void Every_test_that_a_page_names_exists()
    {
        var classes = Directory
            .EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet();
        Assert.Empty(
            Pages
                .SelectMany(page => DocumentPage.Read(page).Blocks)
                .Where(block => block.Kind == "run by" && !classes.Contains(block.Argument))
                .Select(block => $"{block}: {block.Argument}")
        );
    }

    [Theory]
    [MemberData(nameof(FollowedPages))]
    public async Task The_page_can_be_followed(string page)
    {
        ProgramPath.SkipUnlessInstalled("bash");
        var emulator = await StartEmulatorAsync();
        await emulator.PostAsync("/v1/Services", ("UniqueName", "my-site"), ("FriendlyName", "My site"));
        var document = DocumentPage.Read(page);
        using var folder = new ReadersFolder(Feed, document);
        var reader = new Reader(folder, emulator);
        await reader.BeginAsync(document);
        foreach (var block in document.Blocks)
        {
            await reader.FollowAsync(block);
        }

        await reader.EndAsync(document.Blocks[^1]);
    }
}
