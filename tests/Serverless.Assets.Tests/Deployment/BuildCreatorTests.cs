using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Tests.Upload;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Tests.Deployment;

public sealed class BuildCreatorTests : UploadTest
{
    private static readonly string Made = TestSid.Create("ZB", 7);
    private static readonly string Other = TestSid.Create("ZB", 8);
    private static readonly BuildContents Contents = new() { AssetVersions = [TestSid.Create("ZN", 1)] };

    private int _polls;

    private static string VersionJson =>
        $$"""{"sid": "{{Contents.AssetVersions[0]}}", "path": "/a", "visibility": "PUBLIC"}""";

    [Fact]
    public async Task A_Build_is_polled_after_a_short_wait_then_every_second_with_jitter()
    {
        AnswerStatus(poll => poll < 4 ? "building" : "completed");

        var build = await MakeAsync();

        Assert.Equal((Made, false), build);
        Assert.Equal(4, _polls);
        var waits = Clock.Waits.Where(wait => wait < TimeSpan.FromSeconds(2)).ToList();
        Assert.Equal(4, waits.Count);
        Assert.InRange(waits[0], TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(900));
        Assert.All(waits.Skip(1), wait => Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.2)));
        Assert.Empty(Logger.MessagesOf(LogLevel.Progress));
    }

    [Fact]
    public async Task A_Build_that_does_not_end_is_given_up_at_the_deadline_by_name()
    {
        AnswerStatus(_ => "building");

        var failure = await Assert.ThrowsAsync<AssetException>(MakeAsync);

        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB4005", null, Made, "10 minutes", "Run again");
        Assert.InRange(_polls, 480, 620);
        var told = Logger.MessagesOf(LogLevel.Progress);
        Assert.InRange(told.Count, 50, 60);
        Assert.Matches($"^The service is building {Made}: 1[01] s so far$", told[0]);
    }

    [Fact]
    public async Task A_Build_that_fails_is_named()
    {
        AnswerStatus(poll => poll == 1 ? "building" : "failed");

        var failure = await Assert.ThrowsAsync<AssetException>(MakeAsync);

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4004",
            null,
            Made,
            TestSettings.ServiceSid,
            "Twilio Console"
        );
    }

    /// <summary>The service never completes some Builds. Each later run would wait for one again.</summary>
    [Theory]
    [InlineData(9, true)]
    [InlineData(11, false)]
    public async Task A_Build_that_is_building_is_reused_up_to_the_deadline(int minutes, bool isReused)
    {
        var created = (Clock.GetUtcNow() - TimeSpan.FromMinutes(minutes)).ToString("O");
        AnswerStatus(
            _ => "completed",
            $$"""{"sid": "{{Other}}", "status": "building", "date_created": "{{created}}", "asset_versions": [{{VersionJson}}]}"""
        );

        Assert.Equal((isReused ? Other : Made, isReused), await MakeAsync());
    }

    private async Task<(Sid BuildSid, bool IsReused)> MakeAsync()
    {
        var creator = new BuildCreator(
            Api,
            TestSid.From(TestSettings.ServiceSid),
            new BuildBudget(Clock),
            ServiceLimits.Error,
            Logger,
            Clock
        );
        var (build, isReused) = await creator.CreateOrReuseAsync(Contents, live: null, state: null, Cancellation);
        await creator.WaitAsync(build, Contents, Cancellation);
        return (build.Sid, isReused);
    }

    private void AnswerStatus(Func<int, string> statusOf, string builds = "") =>
        Service.Instead = (request, _) =>
            Task.FromResult<HttpResponseMessage?>(
                request switch
                {
                    { Method: "POST" } => StubHandler.Json(
                        $$"""{"sid": "{{Made}}", "status": "building", "asset_versions": [{{VersionJson}}]}"""
                    ),
                    _ when request.Line.EndsWith("/Status", StringComparison.Ordinal) => StubHandler.Json(
                        $$"""{"sid": "{{(request.Line.Contains(Other, StringComparison.Ordinal) ? Other : Made)}}", "status": "{{statusOf(++_polls)}}"}"""
                    ),
                    _ => StubHandler.Json(
                        $$"""{"meta": {"key": "builds", "next_page_url": null}, "builds": [{{builds}}]}"""
                    ),
                }
            );
}
