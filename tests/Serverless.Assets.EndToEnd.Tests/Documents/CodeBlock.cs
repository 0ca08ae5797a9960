namespace Serverless.Assets.EndToEnd.Tests.Documents;

/// <summary>A code block of a page, and its kind according to the preceding comment.</summary>
/// <param name="Line">Of its first line, from 1.</param>
/// <param name="Kind">First word or words of the comment, such as <c>run</c>; empty: there is no comment.</param>
/// <param name="Argument">What follows the colon; empty: nothing.</param>
/// <param name="Text">With line feeds, the last line included.</param>
internal sealed record CodeBlock(string Page, int Line, string Kind, string Argument, string Text)
{
    public override string ToString() => $"{Page}({Line})";
}
