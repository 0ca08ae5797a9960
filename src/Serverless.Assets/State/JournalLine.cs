using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Client;

namespace Serverless.Assets.State;

/// <summary>
/// A line of the journal: the first eight hexadecimal digits of the SHA-256 of the JSON, a space, the JSON, and a line
/// feed. The checksum identifies lines that were truncated by a crash or corrupted on disk.
/// </summary>
internal static class JournalLine
{
    private const int ChecksumLength = 8;

    public static byte[] Write(JournalEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry);
        var line = new byte[ChecksumLength + json.Length + 2];
        WriteChecksum(json, line);
        line[ChecksumLength] = (byte)' ';
        json.CopyTo(line, ChecksumLength + 1);
        line[^1] = (byte)'\n';
        return line;
    }

    /// <param name="line">The line without its line feed.</param>
    /// <returns>Null if the line is damaged or has the format of another version.</returns>
    public static JournalEntry? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length <= ChecksumLength || line[ChecksumLength] != ' ')
        {
            return null;
        }

        var json = line[(ChecksumLength + 1)..];
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        WriteChecksum(json, checksum);
        if (!line.StartsWith(checksum))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(json, JournalJson.Default.JournalEntry) is { IsComplete: true } entry
                ? entry
                : null;
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            return null; // intact, but in the format of another version
        }
    }

    /// <param name="target">Its first bytes receive the checksum as text.</param>
    private static void WriteChecksum(ReadOnlySpan<byte> json, Span<byte> target)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(json, hash);
        Convert.TryToHexStringLower(hash[..(ChecksumLength / 2)], target, out _);
    }
}

/// <summary>An entry of the journal: exactly one of the properties is set, apart from <see cref="Version"/>.</summary>
internal sealed record JournalEntry
{
    /// <summary>The format version, which is the first line of every journal.</summary>
    public int? Version { get; init; }

    public RememberedUpload? Upload { get; init; }

    public RememberedHash? Hash { get; init; }

    /// <summary>The SID of an Asset Version that no longer exists.</summary>
    [JsonConverter(typeof(VersionSidConverter))]
    public Sid? Forget { get; init; }

    /// <summary>
    /// Written together with <see cref="Version"/>. Version 0.1 reports an entry that has no value that it knows as
    /// damaged and removes it (SAB5002), but it ignores everything else in an entry that has a version.
    /// </summary>
    public RememberedConcurrency? Concurrency { get; init; }

    /// <summary>False for a line without a value, or with one that only another version knows.</summary>
    [JsonIgnore]
    public bool IsComplete =>
        Concurrency is null
            ? CountOf(Version) + CountOf(Upload) + CountOf(Hash) + CountOf(Forget) == 1
            : Version is not null && Upload is null && Hash is null && Forget is null;

    public static JournalEntry From(RememberedConcurrency limit) =>
        new() { Version = Journal.FormatVersion, Concurrency = limit };

    private static int CountOf(object? value) => value is null ? 0 : 1;
}

/// <summary>The contents of a journal.</summary>
/// <param name="BrokenLines">The number of damaged lines, except for an incomplete last line.</param>
/// <param name="IsUnreadable">Whether the file is not a journal of this version.</param>
internal sealed record JournalContents(IReadOnlyList<JournalEntry> Entries, int BrokenLines, bool IsUnreadable)
{
    public static JournalContents Empty { get; } = new([], 0, false);

    public static JournalContents Unreadable { get; } = new([], 0, true);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UseStringEnumConverter = true
)]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
