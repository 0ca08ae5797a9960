using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.Globalization;

namespace Serverless.Assets.Cli.Completion;

/// <summary>
/// Answers <c>[suggest:POSITION] LINE</c>, which the completion scripts ask: what the word that ends at the position may
/// become, one a line. Nothing where a file is meant, so that the shell offers its own.
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
            // A shell that leaves out the space before the word to come still tells where the word is.
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

        // Options only when one is begun: else they would hide the folders and files that are meant more often.
        var isOption = word.StartsWith('-');
        return candidates
            .Where(candidate =>
                isOption ? candidate.StartsWith("--", StringComparison.Ordinal) : candidate[0] is not ('-' or '/')
            )
            .Where(candidate => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Distinct()
            .Order(StringComparer.Ordinal);
    }

    /// <summary>The line begins with the program, by name or with its path.</summary>
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
