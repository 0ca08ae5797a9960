using Serverless.Assets.Emulator;

namespace Serverless.Assets.Client.Tests.Content;

/// <summary>An upload that is canceled creates no Asset Version.</summary>
public sealed class UploadCancellationTests : EmulatorTest
{
    private const int Length = 2 * 1024 * 1024;

    private readonly CancellationTokenSource _caller = new();

    public override ValueTask InitializeAsync()
    {
        Track(_caller);
        return base.InitializeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Before_it_starts(bool canSeek)
    {
        using var stream = new TestStream(new byte[Length], canSeek);
        await _caller.CancelAsync();

        await AssertCanceledAsync(AssetContent.FromStream(stream));

        Assert.Equal((0, 0), (Sent, stream.Reads));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, Length / 2)]
    [InlineData(true, Length)]
    [InlineData(false, 0)]
    [InlineData(false, Length / 2)]
    public async Task While_the_content_is_read(bool canSeek, int at)
    {
        using var stream = new TestStream(new byte[Length], canSeek);
        stream.OnRead = (position, _) => position >= at ? _caller.CancelAsync() : Task.CompletedTask;

        await AssertCanceledAsync(AssetContent.FromStream(stream));

        Assert.Equal(canSeek ? 1 : 0, Sent);
    }

    /// <summary>What a broken pipe throws when its reader is canceled.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_stream_throws_something_else(bool canSeek)
    {
        using var stream = new TestStream(new byte[Length], canSeek);
        stream.OnRead = async (_, _) =>
        {
            await _caller.CancelAsync();
            throw new IOException("the pipe is broken");
        };

        await AssertCanceledAsync(AssetContent.FromStream(stream));
    }

    [Fact]
    public async Task While_the_service_does_not_respond()
    {
        Emulator.Faults = new EmulatorFaults { HangNthRequest = 1 };
        var upload = AssertCanceledAsync(AssetContent.FromBytes(new byte[100]));
        await Emulator.WaitForHangAsync();

        await _caller.CancelAsync();

        await upload;
        Assert.Equal(1, Sent);
    }

    /// <summary>Its first bytes are gone, so another upload would lack them.</summary>
    [Fact]
    public async Task A_stream_that_was_read_in_part_is_not_uploaded_again()
    {
        using var stream = new TestStream(new byte[Length], canSeek: false);
        stream.OnRead = (position, _) => position > 0 ? _caller.CancelAsync() : Task.CompletedTask;
        var content = AssetContent.FromStream(stream);
        await AssertCanceledAsync(content);
        stream.OnRead = (_, _) => Task.CompletedTask;

        await Assert.ThrowsAsync<AssetContentException>(() => UploadAsync(content));

        Assert.Equal(0, await Emulator.CountVersionsAsync());
    }

    private async Task AssertCanceledAsync(AssetContent content)
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            UploadAsync(content, cancellationToken: _caller.Token)
        );
        Assert.Equal(0, await Emulator.CountVersionsAsync());
    }
}
