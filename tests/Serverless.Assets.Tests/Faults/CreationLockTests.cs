using System.Net;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Faults;

/// <summary>
/// A run releases the lock for creating Assets as soon as it creates no more of them, while it still sends content, so
/// that another run on the machine does not wait for its uploads.
/// </summary>
public sealed class CreationLockTests : IAsyncLifetime
{
    private const int Files = 4;

    private readonly TempFolder _machine = new();
    private readonly RecordingLogger _otherLog = new();
    private readonly Lock _lock = new();
    private EngineWorkbench? _bench;
    private Task? _otherRun;

    private EngineWorkbench Bench => _bench!;

    public async ValueTask InitializeAsync()
    {
        _bench = await EngineWorkbench.StartAsync();
        Bench.LockDirectory = _machine.Path;
        Bench.WriteFiles(Files);
    }

    public async ValueTask DisposeAsync()
    {
        await Bench.DisposeAsync();
        _machine.Dispose();
    }

    [Fact]
    public async Task It_is_free_while_the_first_content_is_sent()
    {
        SendContentOnlyIfFree();

        await Bench.UploadAsync();

        AssertWasFree();
        await Bench.AssertCompleteAsync(Files);
    }

    [Theory]
    [InlineData("missing", "SAB2021")]
    [InlineData("unreadable", "SAB2019")]
    [InlineData("shorter", "SAB2020")]
    public async Task A_file_that_cannot_be_hashed_does_not_hold_it(string kind, string code)
    {
        var broken = Bench.PathOf("assets/f/1.bin");
        var disk = new PhysicalFileSystem();
        var hasCollected = false;
        Bench.Files.OnStat = path =>
        {
            var isLate = path == broken && hasCollected;
            hasCollected |= path == Bench.PathOf($"assets/f/{Files - 1}.bin");
            return kind == "missing" && isLate ? null : disk.Stat(path);
        };
        Bench.Files.OnOpenRead = path =>
            path != broken ? disk.OpenUnlinked(path)
            : kind == "unreadable" ? throw new UnauthorizedAccessException("Access to the path is denied")
            : new MemoryStream([1]);
        SendContentOnlyIfFree();

        var failure = await Assert.ThrowsAsync<AssetException>(Bench.UploadAsync);

        Assert.Equal([code], failure.Diagnostics.Select(error => error.Code));
        AssertWasFree();
        Assert.Equal(Files - 1, await Bench.Emulator.CountUploadsAsync());
    }

    [Fact]
    public async Task A_file_whose_Asset_the_service_refuses_does_not_hold_it()
    {
        SendContentOnlyIfFree(refuseFirstAsset: true);

        await Assert.ThrowsAsync<AssetException>(Bench.UploadAsync);

        AssertWasFree();
    }

    [Fact]
    public async Task Unchanged_files_do_not_hold_it()
    {
        await Bench.UploadAsync();
        Bench.WriteFiles(Files + 2);
        SendContentOnlyIfFree();

        await Bench.UploadAsync();

        AssertWasFree();
        await Bench.AssertCompleteAsync(Files + 2);
    }

    [Fact]
    public async Task A_run_that_creates_no_Asset_does_not_take_it()
    {
        await Bench.UploadAsync();
        using var held = new FileStream(
            Assert.Single(Directory.GetFiles(_machine.Path, "*.lock")),
            FileMode.Open,
            FileAccess.ReadWrite,
            FileShare.None
        );
        Bench.WriteFile(0, "changed");

        await Bench.UploadAsync();

        await Bench.AssertCompleteAsync(Files);
        Assert.DoesNotContain(
            Bench.Logger.MessagesOf(LogLevel.Detail),
            message => message.StartsWith("Waiting for", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(null)]
    public async Task A_run_that_ends_early_releases_it(HttpStatusCode? refusal)
    {
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                (request, _) =>
                    IsUpload(request)
                        ? Task.FromResult<HttpResponseMessage?>(
                            refusal is { } status
                                ? StubHandler.Json("{}", status)
                                : throw new InvalidOperationException("unexpected")
                        )
                        : Task.FromResult<HttpResponseMessage?>(null)
            );

        await Assert.ThrowsAsync<AssetException>(Bench.UploadAsync);

        new PhysicalFileSystem().OpenExclusive(Assert.Single(Directory.GetFiles(_machine.Path, "*.lock"))).Dispose();
    }

    /// <summary>A run that ends while it waits for the lock does not go on waiting.</summary>
    [Fact]
    public async Task Nobody_waits_for_a_lock_that_was_released()
    {
        var clock = new ManualClock();
        var context = new EngineContext
        {
            Logger = _otherLog,
            Clock = clock,
            LockDirectory = _machine.Path,
        };
        var service = TestSid.From(TestSettings.ServiceSid);
        using var first = MachineLock.ForAssetCreation(service, context, TestContext.Current.CancellationToken)!;
        Assert.False(await first.AcquireAsync());
        using var second = MachineLock.ForAssetCreation(service, context, TestContext.Current.CancellationToken)!;
        var acquiring = second.AcquireAsync();
        await clock.WaitForTimersAsync(1);

        second.Release();
        clock.Advance(TimeSpan.FromSeconds(1));

        await acquiring.WithinAsync("the end of the wait");
        Assert.Single(clock.Timers);
    }

    /// <summary>Sends the content of no file before another run has had the lock.</summary>
    private void SendContentOnlyIfFree(bool refuseFirstAsset = false)
    {
        var assets = 0;
        Bench.HttpHandler = () =>
            new InterceptingHandler(
                async (request, _) =>
                {
                    if (IsUpload(request))
                    {
                        await TakeLockAsync(request.RequestUri!.Segments[3].TrimEnd('/'));
                    }

                    return
                        refuseFirstAsset
                        && request.Method == HttpMethod.Post
                        && request.RequestUri!.AbsolutePath.EndsWith("/Assets", StringComparison.Ordinal)
                        && Interlocked.Increment(ref assets) == 1
                        ? StubHandler.Json("{}", HttpStatusCode.BadRequest)
                        : null;
                }
            );
    }

    private static bool IsUpload(HttpRequestMessage request) =>
        request.Method == HttpMethod.Post
        && request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal);

    private Task TakeLockAsync(string service)
    {
        lock (_lock)
        {
            return _otherRun ??= RunAsync();
        }

        async Task RunAsync()
        {
            var context = new EngineContext { Logger = _otherLog, LockDirectory = _machine.Path };
            using var taken = MachineLock.ForAssetCreation(
                TestSid.From(service),
                context,
                TestContext.Current.CancellationToken
            )!;
            await taken.AcquireAsync();
        }
    }

    /// <summary>The other run did not stop waiting, and it did not fail to open the lock file.</summary>
    private void AssertWasFree()
    {
        Assert.NotNull(_otherRun);
        Assert.True(_otherRun.IsCompletedSuccessfully);
        Assert.DoesNotContain(
            _otherLog.MessagesOf(LogLevel.Detail),
            message => !message.StartsWith("Waiting for", StringComparison.Ordinal)
        );
    }
}
