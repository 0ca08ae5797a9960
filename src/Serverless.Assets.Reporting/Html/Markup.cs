using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// HTML, written as an interpolated string. The literal parts are markup; the values are escaped for elements and for
/// attributes in double quotes. Values may therefore be any text, such as file names or responses of the service.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct Markup
{
    private readonly StringBuilder _text;

    public Markup(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + (formattedCount * 16));

    private Markup(string encoded) => _text = new StringBuilder(encoded);

    public static Markup None => new("");

    /// <summary>
    /// A message whose values <see cref="SanitizedText"/> has made safe for logs. It is not truncated.
    /// </summary>
    public static Markup OfMessage(string message) => new(WebUtility.HtmlEncode(message));

    /// <summary>A constant of this program, such as a style sheet. It is not escaped.</summary>
    public static Markup OfResource(string text) => new(text);

    /// <summary>Says how many rows are left out; nothing if the number is not positive.</summary>
    /// <param name="where">Where the reader finds them.</param>
    public static Markup MoreRows(int count, string where) =>
        count > 0 ? $"""<p class="muted">and {Format.Count(count)} more, {where}</p>""" : None;

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
