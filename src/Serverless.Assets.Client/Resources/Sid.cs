using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Client;

/// <summary>
/// A string identifier (SID): two letters for the kind of resource, followed by 32 hexadecimal digits in either case
/// (source: Twilio's OpenAPI description). In JSON, it is a string. The default value is not a SID: its text is empty,
/// and requests reject it.
/// </summary>
[JsonConverter(typeof(SidConverter))]
public readonly record struct Sid : IParsable<Sid>
{
    /// <summary>The number of characters of every SID.</summary>
    public const int Length = 34;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private readonly string _value;

    private Sid(string value) => _value = value;

    /// <summary>Returns the SID as text, such as <c>ZS0123456789abcdef0123456789abcdef</c>.</summary>
    public override string ToString() => _value ?? "";

    /// <summary>Whether a string is a SID of the given kind.</summary>
    public static bool IsValid(string? value, SidKind kind) =>
        value is { Length: Length }
        && value.StartsWith(kind.Prefix, StringComparison.Ordinal)
        && value.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0;

    /// <summary>Whether this is the SID of the given kind of resource.</summary>
    public bool Is(SidKind kind) => IsValid(_value, kind);

    /// <summary>Parses a SID of the given kind.</summary>
    /// <returns>Whether the string is valid.</returns>
    public static bool TryParse(string? value, SidKind kind, out Sid sid)
    {
        var isValid = IsValid(value, kind);
        sid = isValid ? new Sid(value!) : default;
        return isValid;
    }

    /// <summary>Parses a SID of the given kind.</summary>
    /// <exception cref="FormatException">The string is not valid.</exception>
    public static Sid Parse(string? value, SidKind kind) =>
        TryParse(value, kind, out var sid)
            ? sid
            : throw new FormatException($"'{value}' is not the SID of {kind.Resource} ({kind.Format})");

    /// <summary>Parses a SID of any kind in <see cref="SidKind"/>.</summary>
    /// <exception cref="FormatException">The string is not valid.</exception>
    public static Sid Parse(string? value) =>
        SidKind.All.FirstOrDefault(kind => IsValid(value, kind)) is not null
            ? new Sid(value!)
            : throw new FormatException(
                $"'{value}' is not a SID of a known kind ({string.Join(", ", SidKind.All.Select(kind => kind.Prefix))}, "
                    + "followed by 32 hexadecimal digits)"
            );

    static Sid IParsable<Sid>.Parse(string s, IFormatProvider? provider) => Parse(s);

    /// <summary>Parses a SID of any kind. The format provider has no effect.</summary>
    /// <returns>Whether the string is valid.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Sid result)
    {
        var isValid = SidKind.All.Any(kind => IsValid(s, kind));
        result = isValid ? new Sid(s!) : default;
        return isValid;
    }

    /// <summary>Ignores the letter case of the digits.</summary>
    public bool Equals(Sid other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(_value ?? "");

    /// <summary>
    /// Converts a SID to text, for messages and requests. Parse a text before you compare it with a SID: the comparison
    /// of texts is case-sensitive.
    /// </summary>
    public static implicit operator string(Sid sid) => sid.ToString();
}

/// <summary>The kind of resource that a <see cref="Sid"/> identifies.</summary>
public sealed class SidKind
{
    private SidKind(string prefix, string article, string name)
    {
        Prefix = prefix;
        Name = name;
        Resource = $"{article} {name}";
    }

    public static SidKind Account { get; } = new("AC", "an", "Account");

    public static SidKind ApiKey { get; } = new("SK", "an", "API key");

    public static SidKind Service { get; } = new("ZS", "a", "Service");

    /// <summary>An Asset or a Function: the service uses one prefix for both.</summary>
    public static SidKind Asset { get; } = new("ZH", "an", "Asset");

    /// <summary>An Asset Version or a Function Version.</summary>
    public static SidKind Version { get; } = new("ZN", "an", "Asset Version");

    public static SidKind Build { get; } = new("ZB", "a", "Build");

    public static SidKind Environment { get; } = new("ZE", "an", "Environment");

    public static SidKind Deployment { get; } = new("ZD", "a", "Deployment");

    public static SidKind Variable { get; } = new("ZV", "a", "Variable");

    internal static IReadOnlyList<SidKind> All { get; } =
    [Account, ApiKey, Service, Asset, Version, Build, Environment, Deployment, Variable];

    /// <summary>The two letters that a SID of this kind starts with.</summary>
    public string Prefix { get; }

    /// <summary>The resource, for messages: <c>Service</c>.</summary>
    public string Name { get; }

    /// <summary>The resource with its article, for messages: <c>a Service</c>.</summary>
    public string Resource { get; }

    /// <summary>The format, for messages: <c>ZS followed by 32 hexadecimal digits</c>.</summary>
    public string Format => $"{Prefix} followed by 32 hexadecimal digits";

    /// <summary>Returns a SID of this kind unchanged.</summary>
    /// <exception cref="ArgumentException">The argument is the SID of another kind.</exception>
    internal Sid RequireArgument(Sid value, [CallerArgumentExpression(nameof(value))] string? parameterName = null) =>
        value.Is(this)
            ? value
            : throw new ArgumentException($"'{value}' is not the SID of {Resource} ({Format}).", parameterName);
}
