using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;

namespace Serverless.Assets.EndToEnd.Tests.Documents;

/// <summary>A page of the documentation and its code blocks, in their order.</summary>
internal sealed partial record DocumentPage(string Path, string Text, IReadOnlyList<CodeBlock> Blocks)
{
    /// <param name="path">Relative to the repository, with <c>/</c>.</param>
    public static DocumentPage Read(string path)
    {
        var text = File.ReadAllText(Repository.PathOf(path)).ReplaceLineEndings("\n");
        var blocks = Markdown
            .Parse(text)
            .Descendants<Markdig.Syntax.CodeBlock>()
            .Select(block =>
            {
                var comment = Comment().Match(Before(block));
                return new CodeBlock(
                    path,
                    block.Line + 1,
                    comment.Groups["kind"].Value,
                    comment.Groups["argument"].Value,
                    block.Lines.ToString().ReplaceLineEndings("\n") + "\n"
                );
            });
        return new DocumentPage(path, text, [.. blocks]);
    }

    private static string Before(Markdig.Syntax.CodeBlock block)
    {
        var at = block.Parent!.IndexOf(block);
        return at > 0 && block.Parent[at - 1] is HtmlBlock html ? html.Lines.ToString() : "";
    }

    [GeneratedRegex(@"^\s*<!-- (?<kind>[a-z][a-z ]*[a-z])(: (?<argument>[^>]+?))? -->\s*$")]
    private static partial Regex Comment();
}
