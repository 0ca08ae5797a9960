using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// HTML as an interpolated string whose holes are escaped, for elements as for attributes in double quotes: the tags are
/// ours, what fills the holes (file names, answers of a server) may be anybody's. Nobody has to remember to escape.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Markup
{
    private readonly StringBuilder _text;

    public Markup(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + (formattedCount * 16));

    private Markup(string encoded) => _text = new StringBuilder(encoded);

    public static Markup None => new("");

    /// <summary>A message of a <see cref="Diagnostic"/>: what is not ours in it was made harmless before, and it may be long.</summary>
    public static Markup OfMessage(string message) => new(WebUtility.HtmlEncode(message));

    /// <summary>Style or script of ours.</summary>
    public static Markup OfResource(string text) => new(text);

    public static Markup Join(IEnumerable<Markup> parts)
    {
        var joined = None;
        foreach (var part in parts)
        {
            joined.AppendFormatted(part);
        }

        return joined;
    }

    public void AppendLiteral(string value) => _text.Append(value);

    public void AppendFormatted(Markup value) => _text.Append(value._text);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format)
    {
        var text = value is IFormattable formattable
            ? formattable.ToString(format, CultureInfo.InvariantCulture)
            : value?.ToString() ?? "";
        _text.Append(WebUtility.HtmlEncode(LogSanitizer.Escape(text)));
    }

    public override string ToString() => _text.ToString();
}
