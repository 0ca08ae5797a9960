using System.Text;
using Polly;
using Polly.Retry;
using Serverless.Assets.Files;

namespace Serverless.Assets.Reporting.Markdown;

/// <summary>
/// A section of a file that is shared with other programs and other projects of the same build. The first write appends
/// the section; later writes replace it in place. The other content of the file is preserved.
/// </summary>
internal sealed class SectionFile(string path, IFileSystem files)
{
    /// <summary>Waits at most 5 seconds while another process has the file open.</summary>
    private static readonly ResiliencePipeline WaitForOthers = new ResiliencePipelineBuilder()
        .AddRetry(
            new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<IOException>(LockedFile.IsHeldByAnother),
                MaxRetryAttempts = 100,
                Delay = TimeSpan.FromMilliseconds(50),
                UseJitter = true,
            }
        )
        .Build();

    private byte[] _written = [];

    /// <param name="text">The section. Must end with a line feed.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only or a folder.</exception>
    public async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        var section = Encoding.UTF8.GetBytes(text);
        if (section.AsSpan().SequenceEqual(_written))
        {
            return;
        }

        using var stream = await WaitForOthers
            .ExecuteAsync(_ => ValueTask.FromResult(files.OpenShared(path)), cancellationToken)
            .ConfigureAwait(false);
        if (!stream.CanSeek)
        {
            // A pipe, whose content can't be replaced.
            await stream.WriteAsync(section, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var content = new byte[stream.Length];
            await stream.ReadExactlyAsync(content, cancellationToken).ConfigureAwait(false);
            var at = _written.Length > 0 ? content.AsSpan().LastIndexOf(_written) : -1;
            stream.Position = at >= 0 ? at : content.Length;
            byte[] changed =
                at >= 0 ? [.. section, .. content.AsSpan(at + _written.Length)]
                : content is [] or [.., (byte)'\n'] ? section
                : [(byte)'\n', .. section];
            await stream.WriteAsync(changed, CancellationToken.None).ConfigureAwait(false);
            stream.SetLength(stream.Position);
        }

        _written = section;
    }
}
