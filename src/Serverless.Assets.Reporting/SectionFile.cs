using System.Text;
using Polly;
using Polly.Retry;
using Serverless.Assets.Files;

namespace Serverless.Assets.Reporting;

/// <summary>
/// A part of a file to which other programs, and other projects of the same build, add too: the part is put at its end
/// first, and replaced where it is later. What is before it is not touched.
/// </summary>
internal sealed class SectionFile(string path, IFileSystem files)
{
    /// <summary>For as long as somebody else has it open: 5 seconds at most.</summary>
    private static readonly ResiliencePipeline WaitForOthers = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<IOException>(failure =>
                    failure is not (DirectoryNotFoundException or PathTooLongException)
                ),
                MaxRetryAttempts = 100,
                Delay = TimeSpan.FromMilliseconds(50),
                UseJitter = true,
            }
        )
        .Build();

    private byte[] _written = [];

    /// <param name="text">The part; ends with a line feed.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        var part = Encoding.UTF8.GetBytes(text);
        if (part.AsSpan().SequenceEqual(_written))
        {
            return;
        }

        using var stream = await WaitForOthers
            .ExecuteAsync(_ => ValueTask.FromResult(files.OpenExclusive(path)), cancellationToken)
            .ConfigureAwait(false);
        if (!stream.CanSeek)
        {
            await stream.WriteAsync(part, cancellationToken).ConfigureAwait(false); // a pipe: nothing of it can be taken back
        }
        else
        {
            var content = new byte[stream.Length];
            await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            var at = _written.Length > 0 ? content.AsSpan().LastIndexOf(_written) : -1;
            stream.Position = at >= 0 ? at : content.Length;
            byte[] changed =
                at >= 0 ? [.. part, .. content.AsSpan(at + _written.Length)]
                : content is [] or [.., (byte)'\n'] ? part
                : [(byte)'\n', .. part];
            await stream.WriteAsync(changed, CancellationToken.None).ConfigureAwait(false);
            stream.SetLength(stream.Position);
        }

        _written = part;
    }
}
