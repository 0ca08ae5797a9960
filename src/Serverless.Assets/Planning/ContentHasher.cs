using System.Security.Cryptography;

namespace Serverless.Assets.Planning;

/// <summary>Hashes content incrementally.</summary>
internal sealed class ContentHasher : IDisposable
{
    /// <summary>In bytes: large enough for efficient disk access, small enough for many concurrent buffers.</summary>
    public const int BufferSize = 64 * 1024;

    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _sha384 = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);
    private long _length;

    public long Length => _length;

    public void Append(ReadOnlySpan<byte> piece)
    {
        _sha256.AppendData(piece);
        _sha384.AppendData(piece);
        _length += piece.Length;
    }

    /// <summary>Completes the hashes. Do not append afterwards.</summary>
    public ContentHash Finish() =>
        new(
            Convert.ToHexStringLower(_sha256.GetHashAndReset()),
            Convert.ToBase64String(_sha384.GetHashAndReset()),
            _length
        );

    public void Dispose()
    {
        _sha256.Dispose();
        _sha384.Dispose();
    }
}

/// <summary>The hashes of a file's content.</summary>
/// <param name="Sha256">Hexadecimal, lower case; the upload state compares it.</param>
/// <param name="Sha384">Base64, for subresource integrity.</param>
/// <param name="Length">The number of bytes.</param>
internal sealed record ContentHash(string Sha256, string Sha384, long Length);
