using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;

namespace Serverless.Assets.Diagnostics;

/// <summary>
/// Makes untrusted text safe to show on a terminal and in a CI log, and removes the secrets of this process from it.
/// </summary>
internal static partial class LogSanitizer
{
    /// <summary>The length at which text is truncated. Longer text is typically a proxy's HTML error page.</summary>
    private const int MaxLength = 500;

    /// <summary>Secrets of the service have 32 characters.</summary>
    private const int MaxHarmlessLength = 24;

    /// <summary>
    /// Escapes control characters (including line breaks and terminal sequences) and direction overrides as
    /// <c>\uXXXX</c>, and breaks up workflow commands: Azure Pipelines recognizes <c>##vso[</c> and <c>##[</c> anywhere
    /// in a line, GitHub Actions <c>::</c> at its start, after optional white space.
    /// </summary>
    public static string Escape(string text)
    {
        var shown = SecretRedactor.Redact(text); // before a secret is cut into one that is not recognized
        return EscapeCharacters(shown.Length > MaxLength ? Cut(shown) : shown);
    }

    /// <summary>Escapes without truncating. Use it for paths and commands, which must be complete.</summary>
    public static string EscapeWhole(string text) => EscapeCharacters(SecretRedactor.Redact(text));

    /// <summary>Escapes text of several lines without truncating, and keeps its line breaks.</summary>
    public static string EscapeLines(string text) =>
        string.Join(
            Environment.NewLine,
            SecretRedactor.Redact(text).ReplaceLineEndings("\n").Split('\n').Select(EscapeCharacters)
        );

    /// <summary>
    /// Where a SID is expected, users sometimes set a secret. Shows only what can't be one: a SID of any length, or a
    /// text that is too short.
    /// </summary>
    public static string HideSecret(string value) =>
        value.Length <= MaxHarmlessLength || SidOfAnyLength().IsMatch(value)
            ? value
            : string.Create(CultureInfo.InvariantCulture, $"({value.Length} characters)");

    /// <summary>
    /// An auth token is 32 hexadecimal digits, so only a complete Account SID is distinguishable from one. API secrets
    /// contain all letters and digits.
    /// </summary>
    [GeneratedRegex(@"^(?:AC[0-9a-f]{32}|(?:SK|Z[A-Z])[0-9a-f]*)\z", RegexOptions.IgnoreCase)]
    private static partial Regex SidOfAnyLength();

    /// <summary>Whether the text contains a control character or a line break of any kind, and so can forge lines.</summary>
    public static bool HasControlCharacter(string text) => text.Any(IsControlCharacter);

    private static string EscapeCharacters(string shown)
    {
        var start = shown.Length - shown.AsSpan().TrimStart().Length;
        var startsCommand = shown.AsSpan(start).StartsWith("::");
        if (!shown.Any(NeedsEscape) && !shown.Contains("##", StringComparison.Ordinal) && !startsCommand)
        {
            return shown;
        }

        var escaped = new StringBuilder(shown.Length + 16);
        for (var i = 0; i < shown.Length; i++)
        {
            var character = shown[i];
            var continuesCommand =
                (character == '#' && i > 0 && shown[i - 1] == '#') || (startsCommand && i == start + 1);
            if (NeedsEscape(character) || continuesCommand)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
            }
            else
            {
                escaped.Append(character);
            }
        }

        return escaped.ToString();
    }

    /// <summary>Truncates, but never between the two halves of a surrogate pair.</summary>
    private static string Cut(string text) =>
        string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength), "…");

    private static bool NeedsEscape(char character) =>
        IsControlCharacter(character) || character is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static bool IsControlCharacter(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029';
}
