using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Reporting.Html;

/// <summary>
/// HTML, written as an interpolated string. The literal parts are markup; values are escaped for elements and for
/// attributes in double quotes, so they can be any text, such as file names or service responses.
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
    /// Encodes a message whose values <see cref="SanitizedText"/> has already sanitized. It is not truncated.
    /// </summary>
    public static Markup FromMessage(string message) => new(WebUtility.HtmlEncode(message));

    /// <summary>Creates markup from a trusted resource, such as a style sheet, without escaping it.</summary>
    public static Markup FromResource(string text) => new(text);

    /// <summary>Shows the number of omitted rows, if it is positive.</summary>
    /// <param name="where">Where to find these rows.</param>
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
        _text.Append(WebUtility.HtmlEncode(LogSanitizer.EscapeWhole(text)));
    }

    public override string ToString() => _text.ToString();
}
