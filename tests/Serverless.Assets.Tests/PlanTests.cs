using System.Net;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
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
