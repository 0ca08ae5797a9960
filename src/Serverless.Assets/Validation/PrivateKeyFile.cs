using System.Text;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;

namespace Serverless.Assets.Validation;

/// <summary>Recognizes a private key by the first bytes of the file, whatever its name is.</summary>
internal static partial class PrivateKeyFile
{
    /// <summary>Enough for the header. OpenSSL writes the parameters of an elliptic curve before it.</summary>
    private const int MaxSearchedBytes = 512;

    /// <summary>Whether the file begins with the header of a private key: PEM, OpenSSH, OpenPGP, SSH2 or PuTTY.</summary>
    /// <param name="file">Full path.</param>
    /// <returns>False for a file that can't be read: hashing reports it.</returns>
    public static bool IsPrivateKey(string file)
    {
        try
        {
            Span<byte> start = stackalloc byte[MaxSearchedBytes];
            using var stream = RegularFile.OpenRead(file);
            return IsPrivateKey(start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsPrivateKey(ReadOnlySpan<byte> start)
    {
        Encoding encoding = start switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode, // what some shells write
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => Encoding.Latin1,
        };
        var preamble = start.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble : encoding.Preamble;
        start = start.StartsWith(preamble) ? start[preamble.Length..] : start;
        var first = start.TrimStart(" \t\r\n\0"u8);
        return first is [(byte)'-' or (byte)'P', ..] && Header().IsMatch(encoding.GetString(start));
    }

    [GeneratedRegex(
        @"^\s*(-----BEGIN EC PARAMETERS-----[^-]*-----END EC PARAMETERS-----\s*)?"
            + @"(-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----|---- BEGIN [A-Z0-9 ]*PRIVATE KEY ----|PuTTY-User-Key-File-[0-9])",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Header();
}
