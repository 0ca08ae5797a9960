using System.Net;
using System.Security.Cryptography;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Content that is created while it is sent, so that the test does not need memory for it either.</summary>
/// <param name="seed">The same seed creates the same content.</param>
/// <param name="size">In bytes.</param>
internal sealed class GeneratedContent(int seed, int size) : HttpContent
{
    private const int BufferSize = 64 * 1024;

    /// <summary>The hash of what has been sent, in lowercase hexadecimal; empty before.</summary>
    public string Sha256 { get; private set; } = "";

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        new Random(seed).NextBytes(buffer);
        for (var left = size; left > 0; left -= buffer.Length)
        {
            BitConverter.TryWriteBytes(buffer, left); // no two buffers are equal
            var piece = buffer.AsMemory(0, Math.Min(left, buffer.Length));
            hash.AppendData(piece.Span);
            await stream.WriteAsync(piece, TestEmulator.Token);
        }

        Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = size;
        return true;
    }
}
