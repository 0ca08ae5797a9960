using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>
/// The URL path of an asset, for example <c>/css/site.css</c>. An instance is always valid: it begins with <c>/</c>,
/// has at most <see cref="MaxLength"/> characters, contains only characters that a URL path holds unescaped and that
/// the service accepts, and has no empty, <c>.</c> or <c>..</c> segment. Paths are compared ordinally. In JSON, it is a
/// string.
/// </summary>
[JsonConverter(typeof(AssetPathConverter))]
internal sealed record AssetPath
{
    /// <summary>The longest path that the service accepts, in characters.</summary>
    public const int MaxLength = 255;

    /// <summary>
    /// The unreserved characters and sub-delimiters of RFC 3986, minus those that the service rejects.
    /// </summary>
    private static readonly SearchValues<char> ValidCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!*=/"
    );

    private AssetPath(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="FormatException">The path is not valid.</exception>
    public static AssetPath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new FormatException($"'{text}' is not a valid asset path.");

    public static bool TryParse(string text, [NotNullWhen(true)] out AssetPath? path)
    {
        path = Check(text) == AssetPathErrors.None ? new AssetPath(text) : null;
        return path is not null;
    }

    /// <exception cref="ArgumentException">The path is not valid. The message contains the rule.</exception>
    public static AssetPath RequireArgument(
        string path,
        [CallerArgumentExpression(nameof(path))] string? parameterName = null
    )
    {
        ArgumentNullException.ThrowIfNull(path, parameterName);
        return TryParse(path, out var valid)
            ? valid
            : throw new ArgumentException(
                $"'{path}' is not a valid path: it must start with '/', have at most {MaxLength} characters and no "
                    + "empty, '.' or '..' segment, and contain only ASCII letters, digits and - . _ ~ ! * = / (source: "
                    + "the service's documentation of Asset Versions).",
                parameterName
            );
    }

    /// <summary>Finds everything that makes a path invalid.</summary>
    internal static AssetPathErrors Check(string text)
    {
        var errors = AssetPathErrors.None;
        if (text.Length > MaxLength)
        {
            errors |= AssetPathErrors.TooLong;
        }

        if (text.AsSpan().IndexOfAnyExcept(ValidCharacters) >= 0)
        {
            errors |= AssetPathErrors.InvalidCharacter;
        }

        if (!text.StartsWith('/') || text.Split('/').Skip(1).Any(segment => segment is "" or "." or ".."))
        {
            errors |= AssetPathErrors.InvalidSegment;
        }

        return errors;
    }

    /// <summary>The characters that make a path invalid, each once, in the order of their first occurrence.</summary>
    internal static IEnumerable<Rune> FindInvalidCharacters(string text) =>
        text.EnumerateRunes()
            .Where(character => !character.IsBmp || !ValidCharacters.Contains((char)character.Value))
            .Distinct();

    public override string ToString() => Value;

    public static implicit operator string(AssetPath path) => path.Value;
}

/// <summary>What is wrong with the text of an <see cref="AssetPath"/>.</summary>
[Flags]
internal enum AssetPathErrors
{
    None = 0,

    /// <summary>It has more than <see cref="AssetPath.MaxLength"/> characters.</summary>
    TooLong = 1,

    /// <summary><see cref="AssetPath.FindInvalidCharacters"/> lists the characters.</summary>
    InvalidCharacter = 2,

    /// <summary>It does not begin with <c>/</c>, or has an empty, <c>.</c> or <c>..</c> segment.</summary>
    InvalidSegment = 4,
}

/// <summary>Reads and writes an <see cref="AssetPath"/>. Another value is a <see cref="FormatException"/>.</summary>
internal sealed class AssetPathConverter : JsonConverter<AssetPath>
{
    public override AssetPath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        AssetPath.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, AssetPath value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
