using Serverless.Assets.Client;

namespace Serverless.Assets.Cli.Output;

/// <summary>
/// A redirected standard stream. It may be closed, or lead to a full disk, which .NET reports with exceptions that look
/// like defects of the program.
/// </summary>
/// <param name="onFailed">Receives the exception of a write. If it returns, the output is discarded.</param>
internal sealed class GuardedStream(Stream inner, Action<Exception> onFailed) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            onFailed(failure);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            onFailed(failure);
        }
    }
}
