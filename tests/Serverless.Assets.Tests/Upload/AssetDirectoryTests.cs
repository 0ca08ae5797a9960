using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Upload;

public sealed class AssetDirectoryTests : UploadTest
{
    [Fact]
    public async Task What_is_there_is_found_with_one_list_and_names_are_compared_exactly()
    {
        var (a, b) = (Service.AddAsset("/a.txt"), Service.AddAsset("/A.txt"));
        var directory = Directory();
        Assert.Equal(
            [a.Sid, b.Sid, a.Sid],
            await Task.WhenAll(
                GetAsync(directory, "/a.txt"),
                GetAsync(directory, "/A.txt"),
                GetAsync(directory, "/a.txt")
            )
        );
        Assert.Equal((1, 0), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public async Task What_is_missing_is_created_once()
    {
        var directory = Directory();
        var sid = await GetAsync(directory, "/new file.txt");
        Assert.Equal(sid, await GetAsync(directory, "/new file.txt"));
        Assert.Equal([(sid, "/new file.txt")], Service.Assets.Select(asset => (asset.Sid, asset.Name)));
        Assert.Equal((1, 1), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task Of_doubled_names_the_live_one_is_used_with_one_warning()
    {
        var (old, live) = (Service.AddAsset("/a.txt", day: 1), Service.AddAsset("/a.txt", day: 2));
        Service.Live = [("ZN00000000000000000000000000000009", live.Sid)];
        var directory = Directory();
        Assert.Equal(
            [live.Sid, live.Sid],
            await Task.WhenAll(GetAsync(directory, "/a.txt"), GetAsync(directory, "/a.txt"))
        );
        DiagnosticAssert.Same(
            Logger.Warnings,
            ServiceDiagnostics.DuplicateAsset("/a.txt", [old.Sid, live.Sid], live.Sid, isLive: true)
        );
        Assert.Equal(
            $"The Service has several Assets named '/a.txt' ({old.Sid}, {live.Sid}). Using {live.Sid}, which is live. If nothing uses the others, delete them in the Twilio Console.",
            Logger.Warnings[0].Message
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_doubled_names_of_which_none_is_live_the_oldest_is_used(bool somethingIsLive)
    {
        var (young, old) = (Service.AddAsset("/a.txt", day: 2), Service.AddAsset("/a.txt", day: 1));
        Service.Live = somethingIsLive
            ? [("ZN00000000000000000000000000000009", "ZH00000000000000000000000000000009")]
            : null;
        Assert.Equal(old.Sid, await GetAsync(Directory(), "/a.txt"));
        DiagnosticAssert.Same(
            Logger.Warnings,
            ServiceDiagnostics.DuplicateAsset("/a.txt", [old.Sid, young.Sid], old.Sid, isLive: false)
        );
    }

    [Fact]
    public async Task When_the_answer_to_a_creation_is_lost_the_list_is_read_again_and_nothing_is_created_twice()
    {
        Service.Afterwards = request => LoseAnswerOnce(request);
        var directory = Directory();
        var sid = await GetAsync(directory, "/a.txt");
        Assert.Equal([sid], Service.Assets.Select(asset => asset.Sid));
        Assert.Equal((2, 1), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task A_creation_that_was_not_carried_out_is_made_again()
    {
        Service.Instead = (request, _) =>
            Task.FromResult(
                request.Line.EndsWith("/Assets", StringComparison.Ordinal) && Service.Count(AnyAssetCreation) <= 3
                    ? throw Cut()
                    : (HttpResponseMessage?)null
            );
        var sid = await GetAsync(Directory(), "/a.txt");
        Assert.Equal([sid], Service.Assets.Select(asset => asset.Sid));
        Assert.Equal((4, 4), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task A_creation_whose_answers_all_get_lost_is_given_up_after_eight()
    {
        Service.Instead = (request, _) =>
            Task.FromResult(request.Method == "POST" ? throw Cut() : (HttpResponseMessage?)null);
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => GetAsync(Directory(), "/a.txt"));
        Assert.Equal((ApiFailure.Ambiguous, 8), (failure.Failure, Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task A_refused_creation_is_not_made_again()
    {
        Service.Instead = (request, _) =>
            Task.FromResult(
                request.Method == "POST" ? StubHandler.Json("{}", System.Net.HttpStatusCode.BadRequest) : null
            );
        await Assert.ThrowsAsync<ServerlessApiException>(() => GetAsync(Directory(), "/a.txt"));
        Assert.Equal((1, 1), (Service.Count(AnyAssetList), Service.Count(AnyAssetCreation)));
    }

    [Fact]
    public async Task All_who_ask_again_while_a_list_is_under_way_share_the_next_one()
    {
        var directory = Directory();
        await GetAsync(directory, "/x.txt");
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
        var first = directory.ReplaceAsync("/a.txt", Cancellation);
        await arrived.Task;
        var others = Enumerable.Range(0, 20).Select(i => directory.ReplaceAsync($"/{i}.txt", Cancellation)).ToList();
        release.SetResult();
        await Task.WhenAll([first, .. others]);
        Assert.Equal(3, Service.Count(AnyAssetList));
        Assert.Equal(22, Service.Assets.Select(asset => asset.Name).Distinct().Count());
        Assert.Equal(22, Service.Assets.Count);
    }

    [Fact]
    public async Task What_is_gone_is_replaced_by_another_of_that_name_or_a_new_one()
    {
        var assets = Enumerable.Range(1, 3).Select(day => Service.AddAsset("/a.txt", day).Sid).ToList();
        var directory = Directory();
        Assert.Equal(assets[0], await GetAsync(directory, "/a.txt"));
        Service.RemoveAsset(assets[0]);
        Assert.Equal(assets[1], await directory.ReplaceAsync("/a.txt", Cancellation));

        Service.RemoveAsset(assets[1]);
        Service.RemoveAsset(assets[2]);
        var created = await directory.ReplaceAsync("/a.txt", Cancellation);
        Assert.Equal([created], Service.Assets.Select(asset => asset.Sid));

        Service.RemoveAsset(created);
        Assert.NotEqual(created, await directory.ReplaceAsync("/a.txt", Cancellation));
    }

    private AssetDirectory Directory() =>
        new(
            Api,
            SomeSettings.ServiceSid,
            new AssetList(Api, SomeSettings.ServiceSid, isKnownEmpty: false),
            LiveEnvironment(),
            Logger
        );

    private static Task<string> GetAsync(AssetDirectory directory, string path) =>
        directory.GetOrCreateAsync(path, Cancellation);

    private void LoseAnswerOnce(StubRequest request)
    {
        if (request.Method == "POST" && Service.Count(AnyAssetCreation) == 1)
        {
            throw Cut();
        }
    }
}
