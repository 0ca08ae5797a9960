using System.Globalization;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;

namespace Serverless.Assets.TestSupport;

/// <summary>SIDs that tests write in a short form: <c>ZB2</c> is <c>ZB00000000000000000000000000000002</c>.</summary>
internal static partial class TestSid
{
    /// <param name="text">A SID in short or full form, of any kind.</param>
    public static Sid From(string text) => Sid.Parse(Expand(text));

    /// <param name="prefix">Of the kind: <c>ZB</c>.</param>
    public static Sid Create(string prefix, int number) =>
        From(string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}"));

    /// <summary>Replaces the short forms in a text with the SIDs.</summary>
    public static string Expand(string text) =>
        ShortForm()
            .Replace(text, match => match.Groups["prefix"].Value + match.Groups["digits"].Value.PadLeft(32, '0'));

    /// <summary>Replaces the SIDs in a text with their short forms.</summary>
    public static string Shorten(string text) => LongForm().Replace(text, "${prefix}${digits}");

    [GeneratedRegex(@"\b(?<prefix>AC|SK|Z[BDEHNSV])0{20,31}(?<digits>[0-9]{1,9})\b")]
    private static partial Regex LongForm();

    [GeneratedRegex(@"\b(?<prefix>AC|SK|Z[BDEHNSV])(?<digits>[0-9]{1,9})\b")]
    private static partial Regex ShortForm();
}
