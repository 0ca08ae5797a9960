using System.Buffers;

namespace Serverless.Assets.Emulator.Api;

/// <summary>The content types of uploads, each of which becomes a header of the responses with the content.</summary>
internal static class ContentType
{
    public const string Default = "application/octet-stream";

    private const int MaxLength = 255;

    /// <summary>Visible ASCII characters and spaces.</summary>
    private static readonly SearchValues<char> ValidCharacters = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code),
    ]);

    /// <exception cref="ApiException">The content type cannot be sent in a header.</exception>
    public static string Validate(string? given)
    {
        if (string.IsNullOrEmpty(given))
        {
            return Default;
        }

        if (given.Length > MaxLength)
        {
            throw RequestForm.TooLong("The content type of Content", MaxLength);
        }

        return IsValid(given)
            ? given
            : throw ApiException.Invalid("The content type of Content contains characters that are not allowed");
    }

    /// <summary>Replaces a content type that an older emulator accepted but that cannot be sent.</summary>
    public static string GetHeader(string stored) => IsValid(stored) ? stored : Default;

    private static bool IsValid(string text) => !text.AsSpan().ContainsAnyExcept(ValidCharacters);
}
