using System.Net;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Faults;

/// <summary>The service lets two Assets have one name; we never leave two.</summary>
public sealed class DoubledAssetTests
{
    private const int Files = 40;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_concurrent_first_uploads_to_one_Service_use_the_same_Assets(bool shareState)
    {
        await using var one = await EngineWorkbench.StartAsync();
        await using var two = await EngineWorkbench.StartAsync();
        two.UseEmulatorOf(one);
        if (shareState)
        {
            two.Settings = two.Settings.With(SettingTable.StatePath, one.Settings.StatePath);
        }

        one.WriteFiles(Files);
        two.WriteFiles(Files);
        one.Emulator.Faults = new EmulatorFaults { LatencyMs = 30 }; // long enough for both to find an empty list

        var (first, second) = (one.UploadAsync(), two.UploadAsync());
        var assets = (await first, await second);

        Assert.Equal(
            assets.Item1.Assets.Select(asset => asset.AssetSid),
            assets.Item2.Assets.Select(asset => asset.AssetSid)
        );
        await one.AssertCompleteAsync(Files);
        Assert.Equal(Files, two.ReadManifest().Assets.Count);
        foreach (var asset in two.ReadManifest().Assets)
        {
            Assert.Equal(
                asset.AssetSid,
                (await one.Emulator.GetAsync($"/__emulator/versions/{asset.AssetVersionSid}"))
                    .GetProperty("asset_sid")
                    .GetString()
            );
        }

        Assert.Empty(one.Logger.Warnings);
        Assert.Empty(two.Logger.Warnings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_creation_that_completes_after_it_was_abandoned_leaves_no_duplicate_Asset(bool answerIsLostTwice)
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.SkipWaits();
        service.WriteFiles(1);
        var creations = 0;
        using var handler = new LateHandler(request =>
            request.Method == HttpMethod.Post
            && request.RequestUri!.AbsolutePath.EndsWith("/Assets", StringComparison.Ordinal)
                ? ++creations switch
                {
                    1 => LateHandler.Fate.CarriedOutLate,
                    2 when answerIsLostTwice => LateHandler.Fate.AnswerLost,
                    _ => LateHandler.Fate.Normal,
                }
                : LateHandler.Fate.Normal
        );
        service.HttpHandler = () => handler;

        await service.UploadAsync();

        Assert.Equal(2, creations);
        await service.AssertCompleteAsync(1);
        Assert.Empty(service.Logger.Warnings);
    }

    [Fact]
    public async Task A_failed_cleanup_of_duplicate_Assets_does_not_fail_the_run()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.SkipWaits();
        service.WriteFiles(1);
        var creations = 0;
        using var handler = new LateHandler(request =>
            request switch
            {
                { Method.Method: "DELETE" } => LateHandler.Fate.Refused,
                { Method.Method: "POST" }
                    when request.RequestUri!.AbsolutePath.EndsWith("/Assets", StringComparison.Ordinal)
                        && ++creations == 1 => LateHandler.Fate.CarriedOutLate,
                _ => LateHandler.Fate.Normal,
            }
        );
        service.HttpHandler = () => handler;

        var result = await service.UploadAsync();

        Assert.Equal(result.Assets.Select(asset => asset.AssetVersionSid), service.ReadManifest().AssetVersions);
        Assert.Equal(["SAB3008"], service.Logger.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public async Task A_version_that_was_moved_to_the_oldest_Asset_is_used_even_if_the_own_one_cannot_be_deleted()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.WriteFiles(1);
        var oldest = CreateFirstAsSomeoneElse(
            service,
            request => request.Method == HttpMethod.Delete ? HttpStatusCode.Forbidden : null
        );

        var uploaded = Assert.Single((await service.UploadAsync()).Assets);

        Assert.Equal(oldest(), uploaded.AssetSid);
        Assert.Equal(oldest(), (await service.Emulator.GetVersionAsync(uploaded.AssetVersionSid)).Text("asset_sid"));
        Assert.Equal(uploaded.AssetVersionSid, Assert.Single(service.ReadManifest().AssetVersions));
        DiagnosticAssert.SingleWarning(service.Logger.Warnings, "SAB3008", null, $"Using {oldest()}, the oldest.");
    }

    [Fact]
    public async Task Without_access_to_the_oldest_Asset_the_own_one_is_used_and_not_called_the_oldest()
    {
        await using var service = await EngineWorkbench.StartAsync();
        service.WriteFiles(1);
        Func<string> oldest = () => "";
        oldest = CreateFirstAsSomeoneElse(
            service,
            request =>
                request.RequestUri!.AbsolutePath.EndsWith($"{oldest()}/Versions", StringComparison.Ordinal)
                    ? HttpStatusCode.Forbidden
                    : null
        );

        var uploaded = Assert.Single((await service.UploadAsync()).Assets);

        Assert.NotEqual(oldest(), uploaded.AssetSid);
        Assert.Equal(uploaded.AssetVersionSid, Assert.Single(service.ReadManifest().AssetVersions));
        DiagnosticAssert.SingleWarning(
            service.Logger.Warnings,
            "SAB3008",
            null,
            $"Using {uploaded.AssetSid}, which this run created."
        );
    }

    /// <summary>Someone else creates the Asset of the first file immediately before this run does.</summary>
    /// <param name="refuse">Returns the status of a response that replaces the one of the service, or null.</param>
    /// <returns>Gets the SID of that Asset.</returns>
    private static Func<string> CreateFirstAsSomeoneElse(
        EngineWorkbench service,
        Func<HttpRequestMessage, HttpStatusCode?> refuse
    )
    {
        var oldest = "";
        service.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    if (
                        oldest.Length == 0
                        && request.Method == HttpMethod.Post
                        && request.RequestUri!.AbsolutePath.EndsWith("/Assets", StringComparison.Ordinal)
                    )
                    {
                        oldest = await service.Emulator.Api.CreateAssetAsync(EngineWorkbench.ServiceName, "/f/0.bin");
                    }

                    return refuse(request) is { } status ? StubHandler.Json("{}", status) : null;
                }
            );
        return () => oldest;
    }
}
