using System.Net;

namespace Serverless.Assets.Client.Tests.Content;

/// <summary>The documented limits: 25 MB, and 10 MB for private content.</summary>
public sealed class UploadLimitTests : EmulatorTest
{
    private const int Megabyte = 1024 * 1024;

    private readonly TempFolder _folder = new();

    public static TheoryData<ContentKind, Visibility, int> Limits
    {
        get
        {
            var data = new TheoryData<ContentKind, Visibility, int>();
            foreach (var kind in Enum.GetValues<ContentKind>())
            {
                data.Add(kind, Visibility.Protected, 25 * Megabyte);
                data.Add(kind, Visibility.Private, 10 * Megabyte);
            }

            return data;
        }
    }

    public override ValueTask InitializeAsync()
    {
        Track(_folder);
        return base.InitializeAsync();
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task The_largest_content_is_uploaded(ContentKind kind, Visibility visibility, int limit)
    {
        await UploadAsync(Create(kind, limit), visibility: visibility);

        Assert.Equal(limit, Assert.Single(Requests).Content!.Value.Length);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Larger_content_is_an_argument_that_is_not_valid(
        ContentKind kind,
        Visibility visibility,
        int limit
    )
    {
        var failure = await Assert.ThrowsAsync<ArgumentException>(() =>
            UploadAsync(Create(kind, limit + 1), visibility: visibility)
        );

        Assert.Equal("content", failure.ParamName);
        Assert.Contains($"{limit / Megabyte} MB ({limit} bytes)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, Sent);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task The_service_decides_if_the_client_does_not(ContentKind kind, Visibility visibility, int limit)
    {
        var lenient = CreateClient(options => options.EnforceServiceLimits = false);

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            UploadAsync(Create(kind, limit + 1), visibility: visibility, client: lenient)
        );

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, false), (failure.Status, failure.WasProcessed));
        Assert.Equal(1, Sent);
        Assert.Equal(0, await Emulator.CountVersionsAsync());
    }

    /// <summary>No more than necessary is read of content that is too long, but nothing of it is lost.</summary>
    [Fact]
    public async Task A_stream_that_is_too_long_for_a_private_asset_can_still_be_public()
    {
        var bytes = new byte[(10 * Megabyte) + 500_000];
        new Random(1).NextBytes(bytes);
        using var stream = new TestStream(bytes, canSeek: false);
        var content = AssetContent.FromStream(stream);
        await Assert.ThrowsAsync<ArgumentException>(() => UploadAsync(content, visibility: Visibility.Private));

        var version = await UploadAsync(content);

        Assert.Equal(bytes, await Emulator.GetContentAsync(version.Sid));
    }

    private AssetContent Create(ContentKind kind, int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)'x');
        return kind.Create(_folder, bytes);
    }
}
