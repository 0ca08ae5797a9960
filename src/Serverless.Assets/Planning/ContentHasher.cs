using System.Security.Cryptography;

namespace Serverless.Assets.Planning;

/// <summary>Hashes content piece by piece as it passes.</summary>
internal sealed class ContentHasher : IDisposable
{
    /// <summary>Large enough for a disk, small enough to have many at once.</summary>
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

    /// <summary>Ends it; nothing may be appended afterwards.</summary>
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
