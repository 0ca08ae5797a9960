using System.Net.Sockets;
using System.Text;

namespace Serverless.Assets.Client.Tests.Files;

public sealed class OpenFileLimitTests : ClientTest
{
    private static readonly int TooManyOpenFiles = OperatingSystem.IsWindows() ? unchecked((int)0x80070004) : 24;

    [Theory]
    [InlineData(null, 100, int.MaxValue)]
    [InlineData(1L, 100, 1)]
    [InlineData(200L, 100, 1)]
    [InlineData(256L, 100, 18)]
    [InlineData(256L, 200, 2)]
    [InlineData(256L, 300, 1)]
    [InlineData(1024L, 100, 274)]
    [InlineData(1024L, 600, 124)]
    [InlineData(long.MaxValue, 100, int.MaxValue)]
    public void Requests_leave_room_for_the_runtime(long? limit, int open, int requests) =>
        Assert.Equal(requests, OpenFileLimit.GetMaxRequests(limit, open));

    [Fact]
    public void The_limit_is_that_of_the_shell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such limit.");

        Assert.InRange(OpenFileLimit.Value ?? int.MaxValue, OpenFileLimit.Minimum, long.MaxValue);
        Assert.InRange(OpenFileLimit.GetMaxRequests(), 1, int.MaxValue);
    }

    public static TheoryData<Exception, bool> Failures =>
        new()
        {
            { new IOException("Too many open files", TooManyOpenFiles), true },
            { new SocketException((int)SocketError.TooManyOpenSockets), true },
            { new HttpRequestException("x", new SocketException((int)SocketError.TooManyOpenSockets)), true },
            { new AssetContentException(new IOException("x", TooManyOpenFiles)), true },
            { new IOException("No space left on device", 28), false },
            {
                new InvalidOperationException("x") { HResult = TooManyOpenFiles },
                false
            },
            { new SocketException((int)SocketError.ConnectionRefused), false },
        };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void The_cause_is_found_behind_other_exceptions(Exception failure, bool isCause) =>
        Assert.Equal(isCause, OpenFileLimit.IsCauseOf(failure));

    [Fact]
    public async Task A_request_without_a_connection_is_repeated_like_one_that_is_throttled()
    {
        var left = 30; // more often than after any other failure
        var handler = new StubHandler(_ =>
            Interlocked.Decrement(ref left) >= 0
                ? throw new HttpRequestException(
                    HttpRequestError.ConnectionError,
                    "x",
                    new SocketException((int)SocketError.TooManyOpenSockets)
                )
                : StubHandler.Json(AssetJson)
        );
        var client = CreateClient(handler);

        var created = await client.Assets.CreateAsync(Service, "/a.txt", Cancellation);

        Assert.Equal("ZH00000000000000000000000000000001", created.Sid);
        Assert.Equal(31, handler.Requests.Count);
        Assert.Equal(1, client.Gate.Limit);
    }

    [Fact]
    public async Task Content_that_cannot_be_opened_for_now_is_opened_again()
    {
        var handler = new StubHandler(_ =>
            StubHandler.Json(
                $$"""
                { "sid": "ZN00000000000000000000000000000001", "path": "/a", "visibility": "public",
                  "asset_sid": "ZH00000000000000000000000000000001", "service_sid": "{{Service}}",
                  "date_created": "2026-01-02T03:04:05Z" }
                """
            )
        );
        var content = new ScarceContent(failures: 10);

        await CreateClient(handler)
            .AssetVersions.CreateAsync(Service, TestSid.From("ZH1"), "/a", Visibility.Public, content, Cancellation);

        Assert.Equal(11, content.Opened);
    }

    private sealed class ScarceContent(int failures) : AssetContent("text/plain", fileName: null)
    {
        public int Opened { get; private set; }

        internal override long? Length => 1;

        internal override async Task WriteToAsync(Stream destination, CancellationToken cancellationToken)
        {
            if (++Opened <= failures)
            {
                throw new AssetContentException(new IOException("Too many open files", TooManyOpenFiles));
            }

            await destination.WriteAsync(Encoding.UTF8.GetBytes("x"), cancellationToken);
        }
    }
}
