using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.TestSupport;

/// <summary>Bodies of responses that a client must not read to the end.</summary>
internal static class HostileBody
{
    /// <param name="kind">
    /// <c>gzip</c>, <c>deflate</c> or <c>br</c>: broken compression; <c>endless</c>; <c>trickle</c>: a byte at a time;
    /// <c>silent</c>: nothing at all.
    /// </param>
    /// <param name="timeout">How long the client waits for a byte; 100 times as long as a trickling byte takes.</param>
    public static Stream Create(string kind, FakeTimeProvider clock, TimeSpan timeout)
    {
        var broken = new MemoryStream(Encoding.UTF8.GetBytes("not compressed"));
        return kind switch
        {
            "gzip" => new GZipStream(broken, CompressionMode.Decompress),
            "deflate" => new ZLibStream(broken, CompressionMode.Decompress),
            "br" => new BrotliStream(broken, CompressionMode.Decompress),
            "trickle" => new EndlessStream(1, () => clock.Advance(timeout / 100)),
            "silent" => new EndlessStream(0, () => clock.Advance(timeout)),
            _ => new EndlessStream(int.MaxValue, () => { }),
        };
    }

    /// <param name="size">The number of bytes of each read, at most; 0: reads end only by cancellation.</param>
    private sealed class EndlessStream(int size, Action onRead) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            onRead();
            cancellationToken.ThrowIfCancellationRequested();
            var count = Math.Min(size, buffer.Length);
            buffer.Span[..count].Fill((byte)' ');
            return count > 0 ? ValueTask.FromResult(count) : WaitAsync(cancellationToken);
        }

        private static async ValueTask<int> WaitAsync(CancellationToken cancellationToken)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }
    }
}
