namespace Serverless.Assets;

/// <summary>
/// The service's string identifiers: two letters that tell the kind, and 32 hexadecimal digits in either case (the
/// service's OpenAPI description).
/// </summary>
internal static class Sid
{
    public const string Account = "AC";
    public const string ApiKey = "SK";
    public const string Service = "ZS";
    public const string Asset = "ZH";
    public const string Version = "ZN";
    public const string Build = "ZB";

    public const int Length = 34;

    public static bool IsValid(string? value, string kind) =>
        value is { Length: Length }
        && value.StartsWith(kind, StringComparison.Ordinal)
        && value.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create(
        "0123456789abcdefABCDEF"
    );
}
