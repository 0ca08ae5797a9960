using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Serverless.Assets.Diagnostics;

/// <summary>
/// An interpolated string whose holes are escaped by <see cref="LogSanitizer"/>: the words of a message are ours, what
/// fills the holes (file names, answers of a server) may be anybody's. A message is written as <c>$"…{name}…"</c>, and
/// nobody has to remember to escape.
/// </summary>
[InterpolatedStringHandler]
public readonly struct SanitizedText : IEquatable<SanitizedText>
{
    private readonly StringBuilder _text;

    public SanitizedText(int literalLength, int formattedCount) =>
        _text = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>A full stop after a reason that has one itself (the system's messages do) is left out.</summary>
    public void AppendLiteral(string value)
    {
        var isSecondStop = value is "." or ['.', ' ', ..] && _text.Length > 0 && _text[^1] == '.';
        _text.Append(isSecondStop ? value.AsSpan(1) : value);
    }

    public void AppendFormatted(SanitizedText value) => _text.Append(value._text);

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format) =>
        _text.Append(
            LogSanitizer.Escape(
                value is IFormattable formattable
                    ? formattable.ToString(format, CultureInfo.InvariantCulture)
                    : value?.ToString() ?? ""
            )
        );

    public override string ToString() => _text?.ToString() ?? "";

    public bool Equals(SanitizedText other) => ToString() == other.ToString();

    public override bool Equals(object? obj) => obj is SanitizedText other && Equals(other);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(SanitizedText left, SanitizedText right) => left.Equals(right);

    public static bool operator !=(SanitizedText left, SanitizedText right) => !left.Equals(right);
}
