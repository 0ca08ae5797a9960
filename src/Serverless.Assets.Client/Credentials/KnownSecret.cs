using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Client;

/// <summary>
/// A secret in one of the forms in which it is sent, and everything that quotes it in JSON, HTML or a URL. Upper and
/// lower case make no difference, because host names and percent-encoding are also written in lower case.
/// </summary>
internal sealed class KnownSecret(string text)
{
    /// <summary>Without one of them, a text contains no encoded secret.</summary>
    private static readonly SearchValues<char> EncodingMarks = SearchValues.Create("%\\&+");

    private readonly Lazy<Regex?> _encoded = new(() =>
        text.All(char.IsAsciiLetterOrDigit)
            ? null // is not changed by any encoding
            : new Regex(
                string.Concat(text.EnumerateRunes().Select(ToPattern)),
                RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
            )
    );

    public string Text => text;

    public string ReplaceIn(string message, string replacement)
    {
        var plain = message.Replace(text, replacement, StringComparison.OrdinalIgnoreCase);
        return plain.AsSpan().ContainsAny(EncodingMarks) && _encoded.Value is { } encoded
            ? encoded.Replace(plain, replacement)
            : plain;
    }

    /// <summary>
    /// A pattern for a character and its encodings, each of which may have been encoded again a few times. Without that
    /// limit, a long run of backslashes would take quadratic time.
    /// </summary>
    private static string ToPattern(Rune character)
    {
        var plain = Regex.Escape(character.ToString());
        if (character.IsAscii && char.IsAsciiLetterOrDigit((char)character.Value))
        {
            return plain;
        }

        var percent = string.Concat(
            Encoding.UTF8.GetBytes(character.ToString()).Select(value => $"%(?:25){{0,4}}{value:X2}")
        );
        var json = string.Concat(character.ToString().Select(unit => $@"\\{{1,4}}u{(int)unit:X4}"));
        var entity = string.Create(
            CultureInfo.InvariantCulture,
            $"&(?:amp;){{0,4}}(?:#0{{0,4}}{character.Value}|#x0{{0,4}}{character.Value:X}{GetEntityName(character)});"
        );
        var space = character.Value == ' ' ? @"|\+" : "";
        return $@"(?:\\{{0,4}}{plain}|{percent}|{json}|{entity}{space})";
    }

    private static string GetEntityName(Rune character) =>
        character.Value switch
        {
            '&' => "|amp",
            '<' => "|lt",
            '>' => "|gt",
            '"' => "|quot",
            '\'' => "|apos",
            _ => "",
        };
}
