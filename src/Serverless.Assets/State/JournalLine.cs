using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Serverless.Assets.State;

/// <summary>
/// A line of the journal: eight hexadecimal digits of the SHA-256 of the JSON, a blank, the JSON, a line feed. The check
/// tells a whole line from one that a crash has torn or a disk has spoiled.
/// </summary>
internal static class JournalLine
{
    private const int CheckLength = 8;

    public static byte[] Write(JournalEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry);
        return [.. Encoding.ASCII.GetBytes(CheckOf(json)), (byte)' ', .. json, (byte)'\n'];
    }

    /// <param name="line">Without its line feed.</param>
    /// <returns>Null when it is not whole.</returns>
    public static JournalEntry? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length <= CheckLength || line[CheckLength] != ' ')
        {
            return null;
        }

        var json = line[(CheckLength + 1)..];
        if (!Encoding.ASCII.GetString(line[..CheckLength]).Equals(CheckOf(json), StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, JournalJson.Default.JournalEntry);
        }
        catch (JsonException)
        {
            return null; // whole, but of another version's making
        }
    }

    private static string CheckOf(ReadOnlySpan<byte> json) =>
        Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, CheckLength / 2));
}
