using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Serverless.Assets.Cli.Completion;

/// <summary>
/// Handles <c>[suggest:POSITION] LINE</c>, which the completion scripts call: prints the completions of the word that
/// ends at the position, one per line. Prints nothing where a file is expected, so that the shell completes file names.
/// </summary>
internal sealed class SuggestCommand(SuggestDirective directive) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var line = parseResult.UnmatchedTokens is [.., var last] ? last : "";
        if (
            parseResult.GetResult(directive)?.Values is [var value, ..]
            && int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
        )
        {
            // If the position is past the end of the line, the shell has omitted the space before an empty word.
            line = position <= line.Length ? line[..position] : line.PadRight(Math.Min(position, line.Length + 1));
        }

        foreach (var candidate in Candidates((RootCommand)parseResult.RootCommandResult.Command, WithoutProgram(line)))
        {
            parseResult.InvocationConfiguration.Output.WriteLine(candidate);
        }

        return ExitCode.Done;
    }

    private static IEnumerable<string> Candidates(RootCommand root, string line)
    {
        var word = line[(line.LastIndexOfAny([' ', '\t']) + 1)..];

        // An option that is complete can be the start of a longer one (--emulator, --emulator-data), but the parser
        // offers only its values. So it gets the prefix of all options instead.
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            line = line[..^word.Length] + "--";
        }

        var candidates = root.Parse(line, new ParserConfiguration { ResponseFileTokenReplacer = null })
            .GetCompletions(line.Length)
            .Select(item => item.InsertText ?? item.Label);

        // Options only after a dash: otherwise they would hide folders and files, which are more likely.
        var isOption = word.StartsWith('-');
        return candidates
            .Where(candidate =>
                isOption ? candidate.StartsWith("--", StringComparison.Ordinal) : candidate[0] is not ('-' or '/')
            )
            .Where(candidate => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    /// <summary>Removes the name or path of the program from the start of the line.</summary>
    private static string WithoutProgram(string line)
    {
        var start = line.TrimStart();
        var end = start.IndexOfAny([' ', '\t']);
        var first = end < 0 ? start : start[..end];
        return
            end >= 0
            && Path.GetFileNameWithoutExtension(first)
                .Equals(CompletionScript.Program, StringComparison.OrdinalIgnoreCase)
            ? start[(end + 1)..]
            : start;
    }
}
