using System.Text;
using Polly;
using Polly.Retry;
using Serverless.Assets.Files;

namespace Serverless.Assets.Reporting;

/// <summary>
/// A part of a file to which other programs, and other projects of the same build, add too: the part is put at its end
/// first, and replaced where it is later.
/// </summary>
internal sealed class SectionFile(string path, IFileSystem files)
{
    /// <summary>For as long as somebody else has it open: 5 seconds at most.</summary>
    private static readonly ResiliencePipeline WaitForOthers = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<IOException>(failure => failure is not (DirectoryNotFoundException or PathTooLongException)),
            MaxRetryAttempts = 100,
            Delay = TimeSpan.FromMilliseconds(50),
            UseJitter = true,
        })
        .Build();

    private string _written = "";

    /// <param name="text">The part; ends with a line feed.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public async Task WriteAsync(string text, CancellationToken cancellation)
    {
        if (text == _written)
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var stream = await WaitForOthers.ExecuteAsync(_ => ValueTask.FromResult(files.OpenExclusive(path)), cancellation).ConfigureAwait(false);
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var content = await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        var at = _written.Length > 0 ? content.LastIndexOf(_written, StringComparison.Ordinal) : -1;
        var changed = at >= 0
            ? content.Remove(at, _written.Length).Insert(at, text)
            : content + (content is [] or [.., '\n'] ? "" : "\n") + text;
        stream.SetLength(0);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(changed), CancellationToken.None).ConfigureAwait(false);
        _written = text;
    }
}
