using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Upload;

/// <summary>A file or folder that is replaced by a link after the files were listed.</summary>
public sealed class ReplacedByLinkTests : IAsyncLifetime
{
    private EngineWorkbench _bench = null!; // set by InitializeAsync

    public ReplacedByLinkTests() =>
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );

    public async ValueTask InitializeAsync()
    {
        _bench = await EngineWorkbench.StartAsync();
        _bench.Write("outside/key.txt", "secret");
        _bench.Write("assets/sub/key.txt", "public");
        _bench.Write("assets/index.html", "index");
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    [Fact]
    public async Task A_file_that_became_a_link_is_not_uploaded()
    {
        var assets = Collect();
        File.Delete(_bench.PathOf("assets/sub/key.txt"));
        File.CreateSymbolicLink(_bench.PathOf("assets/sub/key.txt"), _bench.PathOf("outside/key.txt"));

        await AssertRefusedAsync(assets);
    }

    [Fact]
    public async Task A_file_below_a_folder_that_became_a_link_is_not_uploaded()
    {
        var assets = Collect();
        Directory.Delete(_bench.PathOf("assets/sub"), recursive: true);
        Directory.CreateSymbolicLink(_bench.PathOf("assets/sub"), "../outside");

        await AssertRefusedAsync(assets);
    }

    [Fact]
    public async Task A_file_that_becomes_a_link_after_it_was_hashed_is_not_uploaded()
    {
        var assets = Collect();
        var disk = new Assets.Files.PhysicalFileSystem();
        var opened = 0;
        _bench.Files.OnOpenRead = path =>
        {
            if (path.EndsWith("key.txt", StringComparison.Ordinal) && Interlocked.Increment(ref opened) == 2)
            {
                File.Delete(path);
                File.CreateSymbolicLink(path, _bench.PathOf("outside/key.txt"));
            }

            return disk.OpenUnlinked(path);
        };

        await AssertRefusedAsync(assets);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_that_became_something_else_is_an_error_that_names_it(bool isPipe)
    {
        var assets = Collect();
        File.Delete(_bench.PathOf("assets/sub/key.txt"));
        if (isPipe)
        {
            _bench.Pipe("assets/sub/key.txt");
        }
        else
        {
            Directory.CreateDirectory(_bench.PathOf("assets/sub/key.txt"));
        }

        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(assets));

        var error = Assert.Single(failure.Diagnostics);
        Assert.Equal(_bench.PathOf("assets/sub/key.txt"), error.File);
        Assert.NotEqual("SAB9001", error.Code);
        Assert.False(File.Exists(_bench.Settings.ManifestPath));
    }

    /// <summary>A single file is not in a folder that is searched, but its own folder can be replaced.</summary>
    [Fact]
    public async Task A_single_file_whose_folder_became_a_link_is_not_uploaded()
    {
        var assets = Collect(new FileSource(_bench.PathOf("assets/sub/key.txt"), "key.txt"));
        Directory.Delete(_bench.PathOf("assets/sub"), recursive: true);
        Directory.CreateSymbolicLink(_bench.PathOf("assets/sub"), "../outside");

        await AssertRefusedAsync(assets);
    }

    [Fact]
    public async Task A_link_whose_target_became_a_link_is_not_uploaded()
    {
        File.CreateSymbolicLink(_bench.PathOf("assets/link.txt"), "sub/key.txt");
        var assets = Collect().Where(asset => asset.Path.Value == "/link.txt").ToList();
        File.Delete(_bench.PathOf("assets/sub/key.txt"));
        File.CreateSymbolicLink(_bench.PathOf("assets/sub/key.txt"), _bench.PathOf("outside/key.txt"));

        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(assets));

        Assert.Equal("SAB2020", Assert.Single(failure.Diagnostics).Code);
    }

    [Fact]
    public async Task Links_within_the_folder_are_uploaded_as_they_were_found()
    {
        var link = _bench.PathOf("assets/link.txt");
        File.CreateSymbolicLink(link, "sub/key.txt");
        Directory.CreateSymbolicLink(_bench.PathOf("assets/again"), "sub");
        var assets = Collect();
        File.Delete(link);
        File.CreateSymbolicLink(link, _bench.PathOf("outside/key.txt"));

        await UploadAsync(assets);

        var contents = new Dictionary<string, string>();
        foreach (var asset in _bench.ReadManifest().Assets)
        {
            contents[asset.Path] = System.Text.Encoding.UTF8.GetString(
                await _bench.Emulator.GetContentAsync(asset.AssetVersionSid)
            );
        }

        Assert.Equal("public", contents["/link.txt"]);
        Assert.Equal("public", contents["/again/key.txt"]);
    }

    [Fact]
    public async Task A_folder_that_is_reached_over_a_link_is_uploaded()
    {
        var link = _bench.PathOf("linked");
        Directory.CreateSymbolicLink(link, "assets");

        await UploadAsync(Collect(new FolderSource(link, [], [])));

        Assert.Equal(
            ["/assets/index.html", "/index.html", "/sub/key.txt"],
            _bench.ReadManifest().Assets.Select(asset => asset.Path.Value)
        );
    }

    private IReadOnlyList<LocalAsset> Collect(params IReadOnlyList<AssetSource> sources) =>
        new AssetCollector(_bench.CreateContext(new RecordingLogger())).Collect(
            new CollectRequest { Settings = _bench.Settings, Sources = sources }
        );

    private async Task UploadAsync(IReadOnlyList<LocalAsset> assets) =>
        await new UploadPipeline(_bench.CreateContext(new RecordingLogger())).UploadAsync(
            assets,
            _bench.Settings,
            new UploadProgress(assets.Count),
            EngineWorkbench.Token
        );

    private async Task AssertRefusedAsync(IReadOnlyList<LocalAsset> assets)
    {
        var failure = await Assert.ThrowsAsync<AssetException>(() => UploadAsync(assets));

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB2020",
            _bench.PathOf("assets/sub/key.txt"),
            "'assets/sub/key.txt' changed during the upload: it, or a folder on its path, was replaced"
        );
        Assert.False(File.Exists(_bench.Settings.ManifestPath));
    }
}
