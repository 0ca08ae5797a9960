using System.Globalization;
using System.Text;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>A request, and whether the server can answer it without waiting for more.</summary>
internal sealed record RawBytes(byte[] Bytes, bool IsComplete);

/// <summary>Frames the bodies of requests, rightly and wrongly, and creates what is hardly HTTP.</summary>
internal static class HostileWire
{
    /// <param name="head">The lines before the headers that frame the body.</param>
    /// <param name="isRequired">Whether even an empty body is framed.</param>
    public static RawBytes AddBody(string head, string body, Random random, bool isRequired)
    {
        if (!isRequired && body.Length == 0)
        {
            return Encode($"{head}\n", "", isComplete: true);
        }

        return random.Next(20) switch
        {
            0 => Encode($"{head}Content-Length: {body.Length + random.Next(1, 99_999)}\n\n", body, isComplete: false),
            1 => Encode($"{head}Content-Length: {random.Next(body.Length + 1)}\n\n", body, isComplete: false),
            2 => Encode($"{head}Content-Length: {HostileText.CreateToken(random)}\n\n", body, isComplete: false),
            3 => Encode($"{head}Content-Length: 99999999999\n\n", body, isComplete: false),
            4 => Encode($"{head}Content-Length: 1\nTransfer-Encoding: chunked\n\n", body, isComplete: false),
            5 => Encode($"{head}Transfer-Encoding: {HostileText.CreateToken(random)}\n\n", body, isComplete: false),
            6 => Encode($"{head}Transfer-Encoding: chunked\n\n", $"{Chunk(body, random)}ZZ\r\n", isComplete: false),
            7 => Encode($"{head}Transfer-Encoding: chunked\n\n", Chunk(body, random), isComplete: false),
            8 => Encode($"{head}Expect: 100-continue\nContent-Length: {body.Length}\n\n", "", isComplete: false),
            9 or 10 or 11 => Encode(
                $"{head}Transfer-Encoding: chunked\n\n",
                $"{Chunk(body, random)}0\r\n\r\n",
                isComplete: true
            ),
            _ => Encode($"{head}Content-Length: {body.Length}\n\n", body, isComplete: true),
        };
    }

    public static RawBytes Create(Random random, int port)
    {
        var host = $"Host: 127.0.0.1:{port}\n";
        var get = $"GET /__emulator/health HTTP/1.1\n{host}\n";
        return random.Next(12) switch
        {
            0 => Encode("PRI * HTTP/2.0\n\nSM\n\n", "\0\0\0\u0004\0\0\0\0\0", isComplete: false),
            1 => Encode($"GET /{new string('p', random.Next(7_000, 20_000))} HTTP/1.1\n{host}\n", "", isComplete: true),
            2 => Encode($"GET / HTTP/1.1\n{host}X: {new string('x', 40_000)}\n\n", "", isComplete: true),
            3 => Encode(
                $"GET / HTTP/1.1\n{host}{string.Concat(Enumerable.Repeat("X: x\n", random.Next(90, 200)))}\n",
                "",
                isComplete: true
            ),
            4 => Encode(string.Concat(Enumerable.Repeat(get, random.Next(2, 50))), "", isComplete: true),
            5 => Encode("GET / HTTP/1.1\n\n", "", isComplete: true),
            6 => Encode($"GET / HTTP/{random.Next(10)}.{random.Next(10)}\n{host}\n", "", isComplete: false),
            7 => Encode($"GET http://{HostileText.CreateToken(random)}/ HTTP/1.1\n{host}\n", "", isComplete: true),
            8 => Encode($"CONNECT {HostileText.CreateToken(random)}:443 HTTP/1.1\n{host}\n", "", isComplete: true),
            9 => Encode($"GET / HTTP/1.1\n{host}Connection: Upgrade\nUpgrade: websocket\n\n", "", isComplete: true),
            10 => Encode("", "\u0016\u0003\u0001\u0002\0\u0001\0", isComplete: false), // TLS
            _ => Encode(
                "",
                string.Concat(Enumerable.Range(0, random.Next(1, 500)).Select(_ => (char)random.Next(256))),
                isComplete: false
            ),
        };
    }

    /// <summary>Changes, inserts or removes some bytes.</summary>
    public static byte[] Damage(byte[] request, Random random)
    {
        var bytes = request.ToList();
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(1, Math.Min(20, bytes.Count - at + 1)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static string Chunk(string body, Random random)
    {
        var chunks = new StringBuilder();
        for (var at = 0; at < body.Length; )
        {
            var length = Math.Min(random.Next(1, 5_000), body.Length - at);
            chunks.Append(CultureInfo.InvariantCulture, $"{length:x}\r\n{body.AsSpan(at, length)}\r\n");
            at += length;
        }

        return chunks.ToString();
    }

    private static RawBytes Encode(string head, string body, bool isComplete) =>
        new(Encoding.Latin1.GetBytes(head.Replace("\n", "\r\n", StringComparison.Ordinal) + body), isComplete);
}
