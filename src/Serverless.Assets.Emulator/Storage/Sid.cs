using System.Security.Cryptography;

namespace Serverless.Assets.Emulator.Storage;

/// <summary>
/// Creates and recognizes SIDs: two capital letters for the type of resource, then 32 hexadecimal digits.
/// </summary>
internal static class Sid
{
    private const int Length = 34;

    public static string Create(string prefix) =>
        prefix + RandomNumberGenerator.GetHexString(Length - 2, lowercase: true);

    public static bool IsSid(ReadOnlySpan<char> text, string prefix) =>
        text.Length == Length && text.StartsWith(prefix) && HasHexDigits(text);

    public static bool IsSidOfAnyType(ReadOnlySpan<char> text) =>
        text.Length == Length
        && char.IsAsciiLetterUpper(text[0])
        && char.IsAsciiLetterUpper(text[1])
        && HasHexDigits(text);

    private static bool HasHexDigits(ReadOnlySpan<char> text)
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
