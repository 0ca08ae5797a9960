using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Diagnostics;

/// <summary>
/// The text of a message, written as an interpolated string: <c>$"…{name}…"</c>. Literal text is trusted. Values
/// may come from anywhere (file names, server responses), so <see cref="LogSanitizer"/> escapes them. A
/// <see cref="Setting"/> or a <see cref="Reference"/> is kept until <see cref="Render"/> formats it for a front.
/// </summary>
[InterpolatedStringHandler]
internal readonly struct SanitizedText : IEquatable<SanitizedText>
{
    private readonly Content _content;

    public SanitizedText(int literalLength, int formattedCount) =>
        _content = new Content(new StringBuilder(literalLength + (formattedCount * 16)));

    /// <summary>A value that must be complete, such as a path or a command.</summary>
    public static SanitizedText Whole(string value) => FromSanitized(LogSanitizer.EscapeWhole(value));

    /// <summary>A complete text of several lines, such as a stack trace.</summary>
    public static SanitizedText Lines(string text) => FromSanitized(LogSanitizer.EscapeLines(text));

    /// <summary>Omits a period after a value that ends with one, as system error messages do.</summary>
    public void AppendLiteral(string value)
    {
        var isSecondStop = value is "." or ['.', ' ', ..] && _content.EndsWithStop;
        _content.Text.Append(isSecondStop ? value.AsSpan(1) : value);
    }

    public void AppendFormatted(SanitizedText value)
    {
        if (value._content is { } content)
        {
            _content.Append(content);
        }
    }

    public void AppendFormatted<T>(T value) => AppendFormatted(value, null);

    public void AppendFormatted<T>(T value, string? format)
    {
        switch (value)
        {
            case Setting setting:
                _content.Append(new SettingReference(setting));
                break;
            case Reference reference:
                _content.Append(reference);
                break;
            default:
                _content.Text.Append(
                    LogSanitizer.Escape(
                        value is IFormattable formattable
                            ? formattable.ToString(format, CultureInfo.InvariantCulture)
                            : value?.ToString() ?? ""
                    )
                );
                break;
        }
    }

    /// <summary>Renders the text with its references in the terms of a front.</summary>
    public string Render(FrontTerms terms) => _content?.Render(terms) ?? "";

    /// <summary>Renders the text in the terms of MSBuild.</summary>
    public override string ToString() => Render(FrontTerms.MSBuild);

    public bool Equals(SanitizedText other) =>
        _content is { References: not null } content
            ? other._content is { } otherContent && content.HasSameParts(otherContent)
            : other._content?.References is null && ToString() == other.ToString();

    public override bool Equals(object? obj) => obj is SanitizedText other && Equals(other);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public static bool operator ==(SanitizedText left, SanitizedText right) => left.Equals(right);

    public static bool operator !=(SanitizedText left, SanitizedText right) => !left.Equals(right);

    /// <summary>Replaces the references with the terms of a front.</summary>
    internal SanitizedText Resolve(FrontTerms terms) => FromSanitized(Render(terms));

    private static SanitizedText FromSanitized(string text)
    {
        var sanitized = new SanitizedText(text.Length, 0);
        sanitized.AppendLiteral(text);
        return sanitized;
    }

    /// <param name="Text">The text without references. Most messages have none.</param>
    private sealed record Content(StringBuilder Text)
    {
        public List<(int Position, Reference Reference)>? References { get; private set; }

        public bool EndsWithStop =>
            Text.Length > 0 && Text[^1] == '.' && (References is null || References[^1].Position < Text.Length);

        public void Append(Reference reference) => (References ??= []).Add((Text.Length, reference));

        public void Append(Content other)
        {
            foreach (var (position, reference) in other.References ?? [])
            {
                (References ??= []).Add((Text.Length + position, reference));
            }

            Text.Append(other.Text);
        }

        public bool HasSameParts(Content other) =>
            other.References is not null && References!.SequenceEqual(other.References) && Text.Equals(other.Text);

        public string Render(FrontTerms terms)
        {
            if (References is null)
            {
                return Text.ToString();
            }

            var rendered = new StringBuilder();
            var start = 0;
            foreach (var (position, reference) in References)
            {
                rendered.Append(Text, start, position - start).Append(reference.Render(terms));
                start = position;
            }

            return rendered.Append(Text, start, Text.Length - start).ToString();
        }
    }
}
