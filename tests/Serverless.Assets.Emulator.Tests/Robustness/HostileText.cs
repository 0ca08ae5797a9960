using System.Globalization;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Texts that a client should not send. Each character is one byte (Latin-1).</summary>
internal static class HostileText
{
    private static readonly string[] Samples =
    [
        "",
        " ",
        "/",
        ".",
        "..",
        "../../../escaped.txt",
        "/../../../escaped.txt",
        @"..\..\escaped.txt",
        "/etc/passwd",
        @"C:\escaped.txt",
        @"\\server\share\escaped.txt",
        "NUL",
        "CON.txt",
        "escaped.txt::$DATA",
        "..%2f..%2f..%2fescaped.txt",
        "%2e%2e/%2e%2e/escaped.txt",
        "%252e%252e%252fescaped.txt",
        "%c0%ae%c0%ae%c0%afescaped.txt", // overlong UTF-8
        "\u00c0\u00ae\u00c0\u00ae\u00c0\u00afescaped.txt",
        "%e0%80%af",
        "%ED%A0%80", // half of a surrogate pair
        "\u00ed\u00a0\u0080",
        "%F4%90%80%80", // beyond Unicode
        "\u00f0\u009f\u0098\u0080",
        "%00",
        "a\0b",
        "\u00ff\u00fe",
        "%",
        "%Z",
        "%u0041",
        "a\r\nInjected: yes",
        "%0d%0aInjected:%20yes",
        "'; DROP TABLE versions; --",
        "\" OR 1=1",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "true",
        "null",
        "NaN",
        "0",
        "-1",
        "2147483647",
        "2147483648",
        "-2147483648",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551616",
        "1e400",
        "0x10",
        "PA",
        "PB",
        "PA9223372036854775807",
        "PB9223372036854775807",
        "PA-1",
        "PZ1",
        "ZS",
        "ZS0000000000000000000000000000000g",
        "zs00000000000000000000000000000000",
        "ZH00000000000000000000000000000000",
        "ZN00000000000000000000000000000000",
        "AC00000000000000000000000000000000",
        "multipart/form-data; boundary=\"",
        "text/html; charset=utf-7",
    ];

    public static string Create(Random random) =>
        random.Next(10) switch
        {
            0 => new string((char)random.Next(256), random.Next(1, 600)),
            1 => string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => (char)random.Next(256))),
            2 => string.Concat(Enumerable.Repeat(random.GetItems(Samples, 1)[0], random.Next(2, 20))),
            3 => random.NextInt64(long.MinValue, long.MaxValue).ToString(CultureInfo.InvariantCulture),
            _ => random.GetItems(Samples, 1)[0],
        };

    /// <summary>Creates a text that cannot end a line or the target of a request early.</summary>
    public static string CreateToken(Random random) =>
        string.Concat(Create(random).Where(c => c is > ' ' and not '\u007f' and not '#'));
}
