using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Upload;

public sealed class AssetResolverTests : UploadTest
{
    [Fact]
    public async Task Existing_Assets_are_found_with_one_list_request_and_exact_name_comparison()
    {
        var (a, b) = (Service.AddAsset("/a.txt"), Service.AddAsset("/A.txt"));
        var resolver = Resolver();
        Assert.Equal(
            [a.Sid, b.Sid, a.Sid],
            await Task.WhenAll(GetAsync(resolver, "/a.txt"), GetAsync(resolver, "/A.txt"), GetAsync(resolver, "/a.txt"))
        );
        Assert.Equal((1, 0), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public async Task A_missing_Asset_is_created_once()
    {
        var resolver = Resolver();
        var sid = await GetAsync(resolver, "/new file.txt");
        Assert.Equal(sid, await GetAsync(resolver, "/new file.txt"));
        Assert.Equal([(sid, "/new file.txt")], Service.Assets.Select(asset => (asset.Sid, asset.Name)));
        Assert.Equal((1, 1), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task The_live_Asset_of_a_duplicate_name_is_used_with_one_warning()
    {
        var (old, live) = (Service.AddAsset("/a.txt", day: 1), Service.AddAsset("/a.txt", day: 2));
        Service.Live = [("ZN00000000000000000000000000000009", live.Sid)];
        var resolver = Resolver();
        Assert.Equal(
            [live.Sid, live.Sid],
            await Task.WhenAll(GetAsync(resolver, "/a.txt"), GetAsync(resolver, "/a.txt"))
        );
        DiagnosticAssert.Same(
            Logger.Warnings,
            ServiceDiagnostics.DuplicateAsset("/a.txt", [old.Sid, live.Sid], live.Sid, AssetChoice.Live)
        );
        Assert.Equal(
            $"The Service has several Assets named '/a.txt' ({old.Sid}, {live.Sid}). Using {live.Sid}, which is live. If nothing uses the others, delete them in the Twilio Console.",
            Logger.Warnings[0].Message
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_oldest_Asset_of_a_duplicate_name_is_used_when_none_is_live(bool somethingIsLive)
    {
        var (young, old) = (Service.AddAsset("/a.txt", day: 2), Service.AddAsset("/a.txt", day: 1));
        Service.Live = somethingIsLive
            ? [("ZN00000000000000000000000000000009", "ZH00000000000000000000000000000009")]
            : null;
        Assert.Equal(old.Sid, await GetAsync(Resolver(), "/a.txt"));
        DiagnosticAssert.Same(
            Logger.Warnings,
            ServiceDiagnostics.DuplicateAsset("/a.txt", [old.Sid, young.Sid], old.Sid, AssetChoice.Oldest)
        );
    }

    [Fact]
    public async Task An_Asset_is_not_created_twice_when_the_creation_response_is_lost()
    {
        Service.Afterwards = request => LoseAnswerOnce(request);
        var resolver = Resolver();
        var sid = await GetAsync(resolver, "/a.txt");
        Assert.Equal([sid], Service.Assets.Select(asset => asset.Sid));
        Assert.Equal((2, 1), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task A_creation_that_was_not_completed_is_retried()
    {
        Service.Instead = (request, _) =>
            Task.FromResult(
                request.Line.EndsWith("/Assets", StringComparison.Ordinal) && Service.Count(AnyAssetCreation) <= 3
                    ? throw Cut()
                    : (HttpResponseMessage?)null
            );
        var sid = await GetAsync(Resolver(), "/a.txt");
        Assert.Equal([sid], Service.Assets.Select(asset => asset.Sid));
        Assert.Equal((4, 4), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task A_creation_fails_after_eight_lost_responses()
    {
        Service.Instead = (request, _) =>
            Task.FromResult(request.Method == "POST" ? throw Cut() : (HttpResponseMessage?)null);
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => GetAsync(Resolver(), "/a.txt"));
        Assert.Equal((ApiFailure.Ambiguous, 8), (failure.Failure, Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task A_rejected_creation_is_not_retried()
    {
        Service.Instead = (request, _) =>
            Task.FromResult(
                request.Method == "POST" ? StubHandler.Json("{}", System.Net.HttpStatusCode.BadRequest) : null
            );
        await Assert.ThrowsAsync<ServerlessApiException>(() => GetAsync(Resolver(), "/a.txt"));
        Assert.Equal((1, 1), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task All_who_ask_again_while_a_list_is_under_way_share_the_next_one()
    {
        var resolver = Resolver();
        await GetAsync(resolver, "/x.txt");
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        Service.Instead = async (request, token) =>
        {
            if (request.Method == "GET" && Service.Count(AnyAssetList) == 2)
            {
                arrived.SetResult();
                await release.Task.WaitAsync(token);
            }

            return null;
        };
        var first = resolver.ReplaceAsync("/a.txt", Cancellation);
        await arrived.Task;
        var others = Enumerable.Range(0, 20).Select(i => resolver.ReplaceAsync($"/{i}.txt", Cancellation)).ToList();
        release.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal(3, Service.Count(AnyAssetList));
        Assert.Equal(22, Service.Assets.Select(asset => asset.Name).Distinct().Count());
        Assert.Equal(22, Service.Assets.Count);
    }

    [Fact]
    public async Task A_deleted_Asset_is_replaced_by_a_duplicate_or_a_new_Asset()
    {
        var assets = Enumerable.Range(1, 3).Select(day => Service.AddAsset("/a.txt", day).Sid).ToList();
        var resolver = Resolver();
        Assert.Equal(assets[0], await GetAsync(resolver, "/a.txt"));
        Service.RemoveAsset(assets[0]);
        Assert.Equal(assets[1], await resolver.ReplaceAsync("/a.txt", Cancellation));

        Service.RemoveAsset(assets[1]);
        Service.RemoveAsset(assets[2]);
        var created = await resolver.ReplaceAsync("/a.txt", Cancellation);
        Assert.Equal([created], Service.Assets.Select(asset => asset.Sid));

        Service.RemoveAsset(created);
        Assert.NotEqual(created, await resolver.ReplaceAsync("/a.txt", Cancellation));
    }

    [Fact]
    public async Task An_existing_Asset_is_found_and_none_is_created()
    {
        var (old, _, other) = (
            Service.AddAsset("/a.txt", day: 1),
            Service.AddAsset("/a.txt", day: 2),
            Service.AddAsset("/b.txt")
        );
        var resolver = Resolver();

        Assert.Equal(other.Sid, (await resolver.GetAsync("/b.txt", Cancellation)).Sid);
        Assert.Empty(Logger.Warnings);
        Assert.Equal(old.Sid, (await resolver.GetAsync("/a.txt", Cancellation)).Sid);
        Assert.Equal(["SAB3008"], Logger.Warnings.Select(warning => warning.Code));
        var missing = await Assert.ThrowsAsync<AssetException>(() => resolver.GetAsync("/c.txt", Cancellation));

        DiagnosticAssert.Same(
            missing.Diagnostics,
            ServiceDiagnostics.AssetNotFound("/c.txt", TestSettings.ServiceSid, ["/a.txt", "/b.txt"])
        );
        Assert.Equal((1, 0), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    private AssetResolver Resolver() =>
        new(
            Api,
            TestSid.From(TestSettings.ServiceSid),
            new AssetList(Api, TestSid.From(TestSettings.ServiceSid), isKnownEmpty: false),
            LiveBuild(),
            Logger
        );

    private static async Task<string> GetAsync(AssetResolver resolver, string path) =>
        await resolver.GetOrCreateAsync(path, Cancellation);

    private void LoseAnswerOnce(StubRequest request)
    {
        if (request.Method == "POST" && Service.Count(AnyAssetCreation) == 1)
        {
            throw Cut();
        }
    }
}
