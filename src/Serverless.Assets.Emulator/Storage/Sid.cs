using System.Security.Cryptography;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>SIDs: two capital letters that name the kind of resource, and 32 hex digits.</summary>
internal static class Sid
{
    private const int Length = 34;

    public static string New(string prefix) => prefix + RandomNumberGenerator.GetHexString(Length - 2, lowercase: true);

    public static bool IsSid(ReadOnlySpan<char> text, string prefix) =>
        text.Length == Length && text.StartsWith(prefix) && HasHexTail(text);

    /// <summary>Whether a URL segment is a SID of any kind.</summary>
    public static bool IsAnySid(ReadOnlySpan<char> text) =>
        text.Length == Length
        && char.IsAsciiLetterUpper(text[0])
        && char.IsAsciiLetterUpper(text[1])
        && HasHexTail(text);

    private static bool HasHexTail(ReadOnlySpan<char> text)
    {
        foreach (var c in text[2..])
        {
            if (!char.IsAsciiHexDigit(c))
            {
                return false;
            }
        }

        return true;
    }
}
