using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests;

public sealed class PlanTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly RecordingLogger _logger = new();
    private readonly FakeService _service = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task A_plan_reports_the_actions_of_an_upload_and_changes_nothing()
    {
        var (kept, old) = (Asset("/a.txt", "one"), Asset("/b.txt", "two"));
        await Pipeline().UploadAsync([kept, old], Settings, new UploadProgress(total: 2), Cancellation);
        var (changed, added) = (Asset("/b.txt", "three"), Asset("/c.txt", "four"));
        var manifest = File.ReadAllBytes(Settings.ManifestPath);
        var before = _service.Handler.Requests.Count;

        var plan = await Pipeline().PlanAsync([kept, changed, added], Settings, Cancellation);
        Assert.Equal(TestSettings.ServiceSid, plan.ServiceSid);
        Assert.Equal(
            [
                ("/a.txt", 3, PlannedAction.Unchanged),
                ("/b.txt", 5, PlannedAction.Upload),
                ("/c.txt", 4, PlannedAction.Upload),
            ],
            plan.Assets.Select(planned => (planned.Local.Path.Value, (int)planned.Size, planned.Action))
        );
        Assert.All(_service.Handler.Requests.Skip(before), request => Assert.Equal("GET", request.Method));
        Assert.Equal(manifest, File.ReadAllBytes(Settings.ManifestPath));
        Assert.Empty(_logger.Warnings);
    }

    [Fact]
    public async Task A_Service_that_would_be_created_is_not_and_everything_would_be_uploaded()
    {
        _service.Exists = false;
        var plan = await Pipeline()
            .PlanAsync(
                [Asset("/a.txt")],
                Settings
                    .With(SettingTable.ServiceSid, null)
                    .With(SettingTable.ServiceName, "site")
                    .With(SettingTable.CreateService, true),
                Cancellation
            );
        Assert.Null(plan.ServiceSid);
        Assert.Equal(PlannedAction.Upload, Assert.Single(plan.Assets).Action);
        Assert.Equal(["GET /v1/Services/site"], _service.Handler.Lines);
    }

    [Fact]
    public async Task A_live_Build_that_the_service_does_not_have_is_an_error_as_in_a_deployment()
    {
        _service.Live = [];
        _service.Instead = (request, _) =>
            Task.FromResult(
                request.Line.Contains("/Builds/", StringComparison.Ordinal)
                    ? StubHandler.Json("{}", HttpStatusCode.NotFound)
                    : null
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            Pipeline().PlanAsync([Asset("/a.txt")], Settings, Cancellation)
        );

        DiagnosticAssert.Same(failure.Diagnostics, DeploymentDiagnostics.LiveBuildMissing(FakeService.BuildSid, "dev"));
    }

    [Fact]
    public async Task A_Service_that_is_missing_is_an_error()
    {
        _service.Exists = false;
        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            Pipeline().PlanAsync([Asset("/a.txt")], Settings, Cancellation)
        );
        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB3003", null, $"'{TestSettings.ServiceSid}'");
    }

    /// <summary>A Build can have 50 protected and private Asset Versions.</summary>
    [Fact]
    public async Task Live_assets_that_stay_count_towards_the_limits_of_the_Build()
    {
        RespondWithLive(
            Enumerable.Range(1, 50).Select(number => Version(number, $"/live/{number}", "private")),
            functions: []
        );
        LocalAsset[] assets = [Asset("/a.txt") with { Visibility = Visibility.Private }];

        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            Pipeline().PlanAsync(assets, Settings, Cancellation)
        );
        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB4003", null, "51 private", "1 are too many");

        var plan = await Pipeline().PlanAsync(assets, Settings.With(SettingTable.OtherAssets, "Remove"), Cancellation);
        Assert.Equal((0, 50, AssetChange.New), (plan.Kept.Count, plan.Removed.Count, plan.Assets.Single().Change));
    }

    [Fact]
    public async Task An_asset_at_the_path_of_a_live_Function_is_an_error()
    {
        RespondWithLive(
            [Version(1, "/a.txt", "public")],
            [$$"""{"sid": "{{TestSid.Create("ZN", 2)}}", "path": "/call", "visibility": "public"}"""]
        );
        Assert.Equal(
            AssetChange.Changed,
            (await Pipeline().PlanAsync([Asset("/a.txt")], Settings, Cancellation)).Assets.Single().Change
        );

        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            Pipeline().PlanAsync([Asset("/call")], Settings, Cancellation)
        );
        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB4002",
            null,
            "'/call'",
            "assets/call",
            TestSid.Create("ZN", 2)
        );
    }

    private void RespondWithLive(IEnumerable<string> versions, IEnumerable<string> functions)
    {
        _service.Live = [];
        _service.Instead = (request, _) =>
            Task.FromResult(
                request.Line.Contains("/Builds/", StringComparison.Ordinal)
                    ? StubHandler.Json(
                        $$"""
                        {
                          "sid": "{{FakeService.BuildSid}}", "status": "completed",
                          "asset_versions": [{{string.Join(", ", versions)}}],
                          "function_versions": [{{string.Join(", ", functions)}}]
                        }
                        """
                    )
                    : null
            );
    }

    private static string Version(int number, string path, string visibility) =>
        $$"""{"sid": "{{TestSid.Create("ZN", number)}}", "path": "{{path}}", "visibility": "{{visibility}}"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SettingValues Settings =>
        TestSettings
            .Create(_temp)
            .With(SettingTable.ApiBaseUrl, "https://api.test")
            .With(SettingTable.UploadBaseUrl, "https://upload.test");

    private LocalAsset Asset(string path, string content = "content") => TestAsset.Write(_temp, path, content);

    private UploadPipeline Pipeline() =>
        new(
            new EngineContext
            {
                Logger = _logger,
                Clock = new SkippingClock(),
                GetEnvironmentVariable = name =>
                    name is "GITHUB_SHA" or "GITHUB_REF_NAME" ? "x" : TestSettings.Environment(name),
                HttpHandler = () => _service.Handler,
            }
        );
}
