using System.Globalization;
using System.Text;
using System.Xml;

namespace Serverless.Assets.CodeGeneration;

/// <summary>
/// Escapes text for C# source. Asset paths come from file names, which can contain any character, and are not validated
/// when the constants are generated.
/// </summary>
internal static class CSharpText
{
    /// <summary>
    /// Reserved keywords. Contextual ones, such as <c>record</c>, are valid as names of namespaces; those that are not
    /// valid as names of types are in the list too.
    /// </summary>
    private static readonly HashSet<string> Keywords = new(
        (
            "abstract as base bool break byte case catch char checked class const continue decimal default delegate do "
            + "double else enum event explicit extern false finally fixed float for foreach goto if implicit in int "
            + "interface internal is lock long namespace new null object operator out override params private protected "
            + "public readonly ref return sbyte sealed short sizeof stackalloc static string struct switch this throw "
            + "true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while "
            + "extension field file managed notnull nameof record required scoped unmanaged var where yield await dynamic "
            + "partial init nint nuint"
        ).Split(' '),
        StringComparer.Ordinal
    );

    /// <summary>A string literal with its quotes, in ASCII characters.</summary>
    public static string Quote(string value)
    {
        var literal = new StringBuilder(value.Length + 2).Append('"');
        foreach (var character in value)
        {
            if (character is '"' or '\\')
            {
                literal.Append('\\').Append(character);
            }
            else if (char.IsBetween(character, ' ', '~'))
            {
                literal.Append(character);
            }
            else
            {
                AppendEscape(literal, character);
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>
    /// Text for a documentation comment. Characters that would end the line, that XML does not allow or that are
    /// invisible are shown as in a C# string.
    /// </summary>
    public static string Document(string text)
    {
        var comment = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune) && IsVisible(rune))
            {
                comment.Append(
                    rune.Value switch
                    {
                        '<' => "&lt;",
                        '>' => "&gt;",
                        '&' => "&amp;",
                        _ => rune.ToString(),
                    }
                );
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                AppendEscape(comment, text[i]);
            }
        }

        return comment.ToString();
    }

    /// <summary>
    /// Makes each part of a namespace a C# name: <c>2024.my-site.event</c> becomes <c>_2024.my_site.@event</c>.
    /// </summary>
    public static string ToNamespace(string text) =>
        string.Join('.', text.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(ToIdentifier));

    /// <summary>Makes a text a C# name: replaces characters that are not allowed by underscores.</summary>
    /// <param name="text">A name, with or without <c>@</c>.</param>
    public static string ToIdentifier(string text)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (var character in text.TrimStart('@'))
        {
            var isValid = character == '_' || char.IsLetterOrDigit(character);
            name.Append(isValid ? character : '_');
        }

        if (name.Length == 0 || char.IsDigit(name[0]))
        {
            name.Insert(0, '_');
        }

        var identifier = name.ToString();
        return Keywords.Contains(identifier) ? "@" + identifier : identifier;
    }

    private static bool IsVisible(Rune rune) =>
        (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
        && Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.OtherNotAssigned
                or UnicodeCategory.PrivateUse
            );

    private static void AppendEscape(StringBuilder text, char character) =>
        text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
}
