using System.Text.RegularExpressions;

namespace Serverless.Assets.Tests.Documents;

/// <summary>Links from one document of the repository to another lead somewhere.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_leads_to_a_file_and_a_heading_in_it()
    {
        string[] documents =
        [
            .. Directory.GetFiles(Repository.PathOf(""), "*.md"),
            .. Directory.GetFiles(Repository.PathOf("docs"), "*.md"),
        ];
        Assert.All(
            documents,
            document =>
                Assert.All(
                    Link().Matches(File.ReadAllText(document)),
                    link =>
                    {
                        var (file, anchor) = (link.Groups["file"].Value, link.Groups["anchor"].Value);
                        var target = file.Length == 0 ? document : Path.Combine(Path.GetDirectoryName(document)!, file);
                        Assert.True(Path.Exists(target), $"{document}: {link.Value}");
                        Assert.True(
                            anchor.Length == 0 || Anchors(target).Contains(anchor),
                            $"{document}: {link.Value}"
                        );
                    }
                )
        );
    }

    /// <summary>As GitHub makes them: lower case, letters, digits, dashes; blanks become dashes.</summary>
    private static IEnumerable<string> Anchors(string document) =>
        Heading()
            .Matches(File.ReadAllText(document))
            .Select(heading =>
                NotInAnchor().Replace(heading.Groups["text"].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-')
            );

    [GeneratedRegex(@"\]\((?![a-z]+:)(?<file>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w -]")]
    private static partial Regex NotInAnchor();
}
