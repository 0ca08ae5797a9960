using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests;

/// <summary>The main job from files to manifest, against a Service in memory.</summary>
public sealed class UploadTests : IDisposable
{
    private const string AnyUpload = "^POST .*/Versions$";

    private readonly TempFolder _temp = new();
    private readonly RecordingLogger _logger = new();
    private readonly SkippingClock _clock = new();
    private readonly FakeService _service = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Every_file_becomes_an_Asset_Version_that_the_manifest_lists()
    {
        var known = _service.AddAsset("/b.txt");
        var result = await UploadAsync(
            Asset("/a.txt", "one"),
            Asset("/b.txt", "two") with
            {
                Visibility = Visibility.Private,
            }
        );
        Assert.Equal(
            [("/a.txt", "public", "one"), ("/b.txt", "private", "two")],
            _service.Versions.Select(v => (v.Path, v.Visibility, v.Content)).Order()
        );
        Assert.Equal(["/b.txt", "/a.txt"], _service.Assets.Select(asset => asset.Name));
        Assert.Equal(
            _service.Versions.OrderBy(v => v.Path, StringComparer.Ordinal).Select(v => (v.Path, v.Sid, v.AssetSid)),
            result!.Assets.Select(a => (a.Local.Path.Value, a.AssetVersionSid.ToString(), a.AssetSid.ToString()))
        );
        Assert.Equal(known.Sid, result.Assets[1].AssetSid);
        Assert.Equal(
            (TestSettings.ServiceSid, TestSettings.AccountSid, true),
            (result.ServiceSid, result.AccountSid, result.IsManifestWritten)
        );
        Assert.Contains(
            result.Assets[0].AssetVersionSid,
            File.ReadAllText(Settings.ManifestPath),
            StringComparison.Ordinal
        );
        Assert.Contains("\"commit\": \"0123abc\"", File.ReadAllText(Settings.ManifestPath), StringComparison.Ordinal);
        Assert.Empty(_logger.Warnings);
        Assert.DoesNotContain(TestSettings.Secret, _logger.Everything(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_run_requests_only_the_Service_and_uploads_only_changed_files()
    {
        await UploadAsync(Asset("/a.txt", "one"), Asset("/b.txt", "two"));
        var before = _service.Handler.Requests.Count;
        var again = await UploadAsync(Asset("/a.txt", "one"), Asset("/b.txt", "two"));
        Assert.Equal([AssetStatus.Unchanged, AssetStatus.Unchanged], again!.Assets.Select(asset => asset.Status));
        Assert.False(again.IsManifestWritten);
        Assert.Equal([$"GET /v1/Services/{TestSettings.ServiceSid}"], _service.Handler.Lines.Skip(before));

        var changed = await UploadAsync(Asset("/a.txt", "one"), Asset("/b.txt", "three"));
        Assert.Equal([AssetStatus.Unchanged, AssetStatus.Uploaded], changed!.Assets.Select(asset => asset.Status));
        Assert.Equal((3, 2), (_service.Count(AnyUpload), _service.Count("^GET .*/Assets\\?"))); // both lists are of the first run, which created
        Assert.Equal(again.Assets[1].AssetSid, changed.Assets[1].AssetSid);
    }

    [Fact]
    public async Task No_manifest_exists_from_the_first_upload_until_the_end()
    {
        await UploadAsync(Asset("/a.txt", "one"));
        var seen = new List<bool>();
        _service.Afterwards = request =>
        {
            if (request.Line.EndsWith("/Versions", StringComparison.Ordinal))
            {
                seen.Add(File.Exists(Settings.ManifestPath));
            }
        };
        await UploadAsync(Asset("/a.txt", "two"));
        Assert.Equal([false], seen);
        Assert.True(File.Exists(Settings.ManifestPath));
    }

    [Fact]
    public async Task One_file_that_fails_does_not_stop_the_others_and_the_next_run_does_the_rest()
    {
        await UploadAsync(Asset("/a.txt", "old"));
        var bad = Asset("/bad.txt");
        _service.Instead = (request, _) =>
            Task.FromResult(
                request.Body.Contains("/bad.txt", StringComparison.Ordinal)
                && request.Line.EndsWith("/Versions", StringComparison.Ordinal)
                    ? StubHandler.Json("""{ "code": 20001, "message": "not this one" }""", HttpStatusCode.BadRequest)
                    : null
            );
        LocalAsset[] assets = [Asset("/a.txt"), bad, Asset("/c.txt")];
        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(assets));
        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB3006",
            bad.File,
            "'assets/bad.txt' was not uploaded: not this one (HTTP 400, Twilio code 20001; AssetVersion.Create of Asset Version /bad.txt)",
            "run again"
        );
        Assert.Equal(
            ["/a.txt", "/a.txt", "/c.txt"],
            _service.Versions.Select(version => version.Path).Order(StringComparer.Ordinal)
        );
        Assert.False(File.Exists(Settings.ManifestPath));
        Assert.True(File.Exists(Settings.ManifestPath + ".previous"));

        _service.Instead = null;
        var result = await UploadAsync(assets);
        Assert.Equal(
            [AssetStatus.Unchanged, AssetStatus.Uploaded, AssetStatus.Unchanged],
            result!.Assets.Select(asset => asset.Status)
        );
    }

    [Fact]
    public async Task Files_that_fail_before_they_are_sent_are_all_named_and_the_others_are_uploaded()
    {
        var (gone, good, folder) = (Asset("/gone.txt"), Asset("/good.txt"), Asset("/sub/gone.txt"));
        File.Delete(gone.File);
        Directory.Delete(_temp["assets/sub"], recursive: true);
        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(gone, good, folder));
        DiagnosticAssert.Same(
            failure.Diagnostics,
            DiscoveryDiagnostics.FileVanished("assets/gone.txt", gone.File),
            DiscoveryDiagnostics.FileVanished("assets/sub/gone.txt", folder.File)
        );
        Assert.Equal(["/good.txt"], _service.Versions.Select(version => version.Path));
    }

    [Fact]
    public async Task A_file_that_changes_while_it_is_sent_does_not_count()
    {
        var asset = Asset("/a.txt", "one");
        _service.Afterwards = request =>
        {
            if (request.Line == $"POST /v1/Services/{TestSettings.ServiceSid}/Assets")
            {
                File.WriteAllText(asset.File, "two"); // it is hashed by now, and not sent yet
            }
        };
        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(asset));
        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB2020",
            asset.File,
            "'assets/a.txt' changed during the upload"
        );
        Assert.Empty(_service.Versions);
    }

    [Fact]
    public async Task Credentials_that_are_not_known_end_the_run_at_once()
    {
        _service.Instead = async (request, token) =>
        {
            if (!request.Line.EndsWith("/Versions", StringComparison.Ordinal))
            {
                return null;
            }

            if (_service.Count(AnyUpload) > 1)
            {
                await new TaskCompletionSource().Task.WaitAsync(token); // whatever is on its way when the first one fails
            }

            return StubHandler.Json("""{ "code": 20003, "message": "Authenticate" }""", HttpStatusCode.Unauthorized);
        };
        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            UploadAsync(
                Settings.With(SettingTable.MaxConcurrency, 1),
                [.. Enumerable.Range(0, 20).Select(i => Asset($"/{i}.txt"))]
            )
        );
        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB3001",
            null,
            $"Authentication failed for {TestSettings.AccountSid} (from TWILIO_ACCOUNT_SID): Authenticate (HTTP 401, Twilio code 20003)",
            "Check that the secret matches"
        );
        Assert.InRange(_service.Count(AnyUpload), 1, 2);
        Assert.DoesNotContain(TestSettings.Secret, failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "SAB3002")]
    [InlineData(HttpStatusCode.BadRequest, "SAB3007")]
    [InlineData(HttpStatusCode.NotFound, "SAB3003")]
    public async Task An_error_response_to_the_first_request_is_one_error(HttpStatusCode status, string code)
    {
        _service.Instead = (_, _) => Task.FromResult<HttpResponseMessage?>(StubHandler.Json("{}", status));
        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(Asset("/a.txt"), Asset("/b.txt")));
        DiagnosticAssert.SingleError(failure.Diagnostics, code, null);
        AssertServiceAndListRequested(attempts: 1);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, "SAB3004", 1)]
    [InlineData(HttpRequestError.ConnectionError, "SAB3004", 8)]
    [InlineData(HttpRequestError.SecureConnectionError, "SAB3005", 1)]
    public async Task An_unreachable_host_is_one_error_that_names_it(HttpRequestError error, string code, int requests)
    {
        _service.Instead = (_, _) => throw new HttpRequestException(error, "as the system says");
        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(Asset("/a.txt"), Asset("/b.txt")));
        DiagnosticAssert.SingleError(failure.Diagnostics, code, null, "api.test", "as the system says");
        AssertServiceAndListRequested(requests);
    }

    [Fact]
    public async Task A_live_Build_that_the_service_does_not_have_is_one_error()
    {
        await UploadAsync(Asset("/a.txt"), Asset("/b.txt"));
        _clock.Advance(TimeSpan.FromDays(10)); // whether the versions still exist is looked up in the live Build
        _service.Live = [];
        _service.Instead = (request, _) =>
            Task.FromResult(
                request.Line.Contains("/Builds/", StringComparison.Ordinal)
                    ? StubHandler.Json("{}", HttpStatusCode.NotFound)
                    : null
            );

        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(Asset("/a.txt"), Asset("/b.txt")));

        DiagnosticAssert.Same(failure.Diagnostics, DeploymentDiagnostics.LiveBuildMissing(FakeService.BuildSid, "dev"));
    }

    [Fact]
    public async Task An_Asset_that_was_deleted_since_the_last_run_is_created_again()
    {
        var first = await UploadAsync(Asset("/a.txt", "one"));
        _service.RemoveAsset(first!.Assets[0].AssetSid);
        var second = await UploadAsync(Asset("/a.txt", "two"));
        Assert.NotEqual(first.Assets[0].AssetSid, second!.Assets[0].AssetSid);
        Assert.Equal([second.Assets[0].AssetVersionSid], _service.Versions.Select(version => version.Sid));
    }

    [Fact]
    public async Task A_job_that_takes_too_long_is_stopped_with_what_is_done()
    {
        HangUploadsOf("/slow.txt", () => _clock.Advance(TimeSpan.FromHours(4)));
        var settings = Settings.With(SettingTable.MaxConcurrency, 1).With(SettingTable.RequestTimeout, 60 * 60 * 24);
        await UploadAsync(settings, Asset("/a.txt"));
        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            UploadAsync(settings, Asset("/a.txt"), Asset("/slow.txt"))
        );
        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB3009",
            null,
            "time limit of 14400 seconds",
            "of 2 files done",
            "ServerlessAssetsTimeout"
        );
    }

    [Fact]
    public async Task A_job_that_is_cancelled_warns_and_ends_as_cancelled()
    {
        using var stop = new CancellationTokenSource();
        HangUploadsOf("/slow.txt", stop.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Pipeline().UploadAsync([Asset("/slow.txt")], Settings, new UploadProgress(total: 1), stop.Token)
        );
        DiagnosticAssert.Same(_logger.Warnings, ServiceDiagnostics.Canceled(0, 1));
        Assert.False(File.Exists(Settings.ManifestPath));
    }

    [Fact]
    public async Task Without_assets_no_request_is_sent_and_the_manifest_is_moved_aside()
    {
        await UploadAsync(Asset("/a.txt"));
        var before = _service.Handler.Requests.Count;
        Assert.Equal(new WithdrawnResult(Settings.ManifestPath + ".previous"), await UploadNothingAsync());
        Assert.Equal(before, _service.Handler.Requests.Count);
        Assert.Equal(
            (false, true),
            (File.Exists(Settings.ManifestPath), File.Exists(Settings.ManifestPath + ".previous"))
        );
        Assert.Null(await UploadNothingAsync());
    }

    [Fact]
    public async Task Invalid_settings_are_reported_before_any_request()
    {
        var failure = await Assert.ThrowsAsync<AssetException>(() =>
            UploadAsync(Settings.With(SettingTable.ServiceSid, "ZS1").With(SettingTable.Timeout, 0), Asset("/a.txt"))
        );
        Assert.Equal(["SAB1009", "SAB1003"], failure.Diagnostics.Select(diagnostic => diagnostic.Code));
        Assert.Empty(_service.Handler.Requests);
        Assert.False(Directory.Exists(Settings.StatePath));
    }

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
                Clock = _clock,
                GetEnvironmentVariable = name =>
                    name is "GITHUB_SHA" ? "0123abc"
                    : name is "GITHUB_REF_NAME" ? "main"
                    : TestSettings.Environment(name),
                HttpHandler = () => _service.Handler,
            }
        );

    [Fact]
    public async Task The_content_of_a_file_is_sent_before_the_next_Asset_is_created()
    {
        var names = Enumerable.Range(0, 20).Select(i => $"/{i}.txt").ToArray();

        await UploadAsync(Settings.With(SettingTable.MaxConcurrency, 1), [.. names.Select(name => Asset(name))]);

        var posts = _service
            .Handler.Lines.Where(line => line.StartsWith("POST", StringComparison.Ordinal))
            .Select(line => line.EndsWith("/Versions", StringComparison.Ordinal) ? "content" : "Asset");
        Assert.Equal(names.SelectMany(_ => (string[])["Asset", "content"]), posts);
    }

    /// <summary>The Service and the list of its Assets are requested at the same time, and nothing else is.</summary>
    private void AssertServiceAndListRequested(int attempts)
    {
        var lists = _service.Count("^GET .*/Assets\\?");
        Assert.Equal(attempts, _service.Count("^GET .*/Services/[^/]+$"));
        Assert.InRange(lists, 1, attempts);
        Assert.Equal(attempts + lists, _service.Handler.Requests.Count);
    }

    private Task<UploadResult?> UploadAsync(params LocalAsset[] assets) => UploadAsync(Settings, assets);

    private async Task<UploadResult?> UploadAsync(SettingValues settings, params LocalAsset[] assets) =>
        Assert.IsType<UploadResult>(
            await Pipeline()
                .UploadAsync(assets, settings, new UploadProgress(assets.Length), TestContext.Current.CancellationToken)
        );

    private Task<OperationResult?> UploadNothingAsync() =>
        Pipeline().UploadAsync([], Settings, new UploadProgress(0), TestContext.Current.CancellationToken);

    private void HangUploadsOf(string path, Action then) =>
        _service.Instead = async (request, token) =>
        {
            if (
                request.Line.EndsWith("/Versions", StringComparison.Ordinal)
                && request.Body.Contains(path, StringComparison.Ordinal)
            )
            {
                then();
                await new TaskCompletionSource().Task.WaitAsync(token);
            }

            return null;
        };
}
