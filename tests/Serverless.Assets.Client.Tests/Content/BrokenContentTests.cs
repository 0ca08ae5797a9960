namespace Serverless.Assets.Client.Tests.Content;

/// <summary>Content that cannot be read, or is not what it was: one failure, no retry and no Asset Version.</summary>
public sealed class BrokenContentTests : EmulatorTest
{
    /// <summary>Large enough that the client waits until the service agrees to receive it.</summary>
    private const int Large = 2 * 1024 * 1024;
    private const int Small = 100_000;

    private readonly TempFolder _folder = new();

    public override ValueTask InitializeAsync()
    {
        Track(_folder);
        return base.InitializeAsync();
    }

    [Theory]
    [InlineData(typeof(IOException), true, Small)]
    [InlineData(typeof(IOException), true, Large)]
    [InlineData(typeof(IOException), false, Small)]
    [InlineData(typeof(InvalidOperationException), true, Small)]
    [InlineData(typeof(InvalidOperationException), false, Large)]
    [InlineData(typeof(OperationCanceledException), true, Small)]
    [InlineData(typeof(OperationCanceledException), true, Large)]
    [InlineData(typeof(OperationCanceledException), false, Small)]
    [InlineData(typeof(HttpRequestException), true, Small)]
    [InlineData(typeof(TimeoutException), true, Large)]
    public async Task A_stream_that_throws(Type type, bool canSeek, int length)
    {
        var thrown = (Exception)Activator.CreateInstance(type)!;
        using var stream = new TestStream(new byte[length], canSeek)
        {
            OnRead = (position, _) => position < length / 2 ? Task.CompletedTask : Task.FromException(thrown),
        };

        var failure = await AssertContentFailureAsync(AssetContent.FromStream(stream), sent: canSeek ? 1 : 0);

        Assert.Same(thrown, failure.InnerException);
        Assert.False(stream.IsDisposed);
    }

    [Theory]
    [InlineData(Small - 1, "fewer")]
    [InlineData(0, "fewer")]
    [InlineData(Small + 1, "more")]
    [InlineData(2 * Large, "more")]
    public async Task A_stream_that_gets_another_length(int length, string difference)
    {
        using var stream = new TestStream(new byte[Small]);
        var content = AssetContent.FromStream(stream);
        stream.Bytes = new byte[length];

        var failure = await AssertContentFailureAsync(content, sent: 1);

        Assert.Equal(
            $"The content could not be read: it has {difference} than the {Small} bytes that it had at first",
            failure.Message
        );
        Assert.False(stream.IsDisposed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_is_disposed_before_the_upload(bool canSeek)
    {
        using var stream = new TestStream(new byte[Small], canSeek);
        var content = AssetContent.FromStream(stream);
        stream.Dispose();

        var failure = await AssertContentFailureAsync(content, sent: canSeek ? 1 : 0);

        Assert.IsType<ObjectDisposedException>(failure.InnerException);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_is_disposed_during_the_upload(bool canSeek)
    {
        using var stream = new TestStream(new byte[Small], canSeek);
        stream.OnRead = (position, _) =>
        {
            if (position > 0)
            {
                stream.Dispose();
            }

            return Task.CompletedTask;
        };

        var failure = await AssertContentFailureAsync(AssetContent.FromStream(stream), sent: canSeek ? 1 : 0);

        Assert.IsType<ObjectDisposedException>(failure.InnerException);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("truncated")]
    [InlineData("extended")]
    [InlineData("folder")]
    [InlineData("pipe")]
    public async Task A_file_that_changes_before_the_upload(string change)
    {
        var content = AssetContent.FromFile(_folder.Write("a.txt", new byte[Small]));
        Change(change);

        var failure = await AssertContentFailureAsync(content, sent: 1);

        Assert.IsAssignableFrom<IOException>(failure.InnerException);
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("truncated")]
    [InlineData("extended")]
    [InlineData("folder")]
    [InlineData("pipe")]
    public async Task A_file_that_changes_between_two_attempts(string change)
    {
        var content = AssetContent.FromFile(_folder.Write("a.txt", new byte[Small]));
        BeforeRequest = (_, number) =>
        {
            if (number == 2)
            {
                Change(change);
            }

            return new Emulator.EmulatorFaults { Rate500 = number == 1 ? 1 : 0 };
        };

        await AssertContentFailureAsync(content, sent: 2);
    }

    /// <summary>A name that is relative means the same file, whatever the process does meanwhile.</summary>
    [Fact]
    public async Task A_relative_path_is_resolved_at_once()
    {
        var file = Path.GetRelativePath(Directory.GetCurrentDirectory(), _folder.Write("a.txt", "content"));
        var content = AssetContent.FromFile(file);
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(_folder.Folder("deeper/than/before"));
        try
        {
            Assert.Equal("content", await Emulator.GetTextAsync((await UploadAsync(content)).Sid));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>Its first bytes are gone, so another upload would lack them.</summary>
    [Fact]
    public async Task A_stream_that_was_read_in_part_is_not_uploaded_again()
    {
        var fails = true;
        using var stream = new TestStream(new byte[Small], canSeek: false);
        stream.OnRead = (position, _) =>
            position > 0 && fails ? Task.FromException(new IOException("broken")) : Task.CompletedTask;
        var content = AssetContent.FromStream(stream);
        await AssertContentFailureAsync(content, sent: 0);
        fails = false;

        await AssertContentFailureAsync(content, sent: 0);
    }

    private void Change(string change)
    {
        File.Delete(_folder["a.txt"]);
        switch (change)
        {
            case "truncated":
                _folder.Write("a.txt", new byte[Small - 1]);
                break;
            case "extended":
                _folder.Write("a.txt", new byte[Small + 1]);
                break;
            case "folder":
                _folder.Folder("a.txt");
                break;
            case "pipe":
                _folder.NamedPipe("a.txt");
                break;
        }
    }

    private async Task<AssetContentException> AssertContentFailureAsync(AssetContent content, int sent)
    {
        var failure = await Assert.ThrowsAsync<AssetContentException>(() => UploadAsync(content));
        Assert.Equal(sent, Sent);
        Assert.DoesNotContain(Requests, request => request.Status == 201);
        Assert.Equal(0, await Emulator.CountVersionsAsync());
        return failure;
    }
}
