using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>Files of the data folder exist as long as a version or a Build refers to them.</summary>
public sealed class ContentCleanupTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();

    private TestEmulator Emulator { get; set; } = null!;

    private IReadOnlyList<string> Files => _folder.Files("content");

    public async ValueTask InitializeAsync()
    {
        Emulator = await TestEmulator.StartAsync(folder: _folder.Path);
        await Emulator.Api.CreateServiceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Emulator.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("asset")]
    [InlineData("function")]
    [InlineData("service")]
    [InlineData("retention")]
    [InlineData("reset")]
    [InlineData("restore")]
    public async Task The_file_goes_with_its_version(string deletion)
    {
        var snapshot = await Emulator.Server.SnapshotAsync(TestEmulator.Token);
        var collection = deletion == "function" ? "Functions" : "Assets";
        var resource = await Emulator.Api.CreateAssetAsync("shop", "/a", collection);
        (await Emulator.Api.UploadAsync("shop", resource, "/a", "public", [1], collection: collection)).Created();
        Assert.Single(Files);

        switch (deletion)
        {
            case "service":
                await Emulator.DeleteAsync("/v1/Services/shop");
                break;
            case "retention":
                Emulator.Clock.Advance(TimeSpan.FromDays(8));
                await Emulator.GetAsync("/v1/Services");
                break;
            case "reset":
                await Emulator.Server.ResetAsync(TestEmulator.Token);
                break;
            case "restore":
                await Emulator.Server.RestoreAsync(snapshot, TestEmulator.Token);
                break;
            default:
                await Emulator.DeleteAsync($"/v1/Services/shop/{collection}/{resource}");
                break;
        }

        Assert.Empty(Files);
    }

    [Fact]
    public async Task The_file_stays_until_its_last_version_and_Build_are_deleted()
    {
        var first = await AddAsync("/first", "same");
        var second = await AddAsync("/second", "same");
        var other = await AddAsync("/other", "other");
        var build = (await Emulator.Api.BuildAsync("shop", first.Version)).Created().Sid();
        Assert.Equal(2, Files.Count);

        await DeleteAsync(other);
        Assert.Single(Files);
        await DeleteAsync(first);
        await DeleteAsync(second);
        Assert.Single(Files);

        await Emulator.DeleteAsync($"/v1/Services/shop/Builds/{build}");
        Assert.Empty(Files);
    }

    [Fact]
    public async Task A_site_serves_a_file_whose_Asset_was_deleted()
    {
        var asset = await AddAsync("/a", "a");
        var domain = await DeployAsync(asset);

        await DeleteAsync(asset);

        Assert.Equal("a", (await Emulator.Api.SiteAsync(domain, "/a")).Text);
        await Emulator.DeleteAsync("/v1/Services/shop");
        Assert.Empty(Files);
        Assert.Equal(404, (await Emulator.Api.SiteAsync(domain, "/a")).Status);
    }

    [Fact]
    public async Task A_response_that_has_begun_is_completed_although_the_file_is_deleted()
    {
        var bytes = new byte[20_000_000]; // more than the buffers of the connection take
        new Random(1).NextBytes(bytes);
        var asset = await Emulator.Api.CreateAssetAsync("shop");
        var version = (await Emulator.Api.UploadAsync("shop", asset, "/a", "public", bytes)).Created().Sid();
        var domain = await DeployAsync((asset, version));
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Emulator.Server.BaseAddress, "/a"));
        request.Headers.Host = domain;
        using var response = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestEmulator.Token
        );

        await Emulator.DeleteAsync("/v1/Services/shop");

        Assert.Empty(Files);
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(TestEmulator.Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_version_that_is_deleted_before_its_content_is_opened_is_not_found(bool inMemory)
    {
        using var folder = new TempFolder();
        using var state = EmulatorState.Open(
            new ServerlessEmulatorOptions { InMemory = inMemory, DataDirectory = folder.Path }
        );
        using var content = IncomingBytes.Copy([1], "text/plain");
        state.Contents.Keep([content], () => content);
        state.Contents.OpenRead(content.Sha256).Dispose();

        state.Stores.ContentReferences.Release(content.Sha256);
        state.Contents.DeleteUnused();

        var problem = Assert.Throws<DeletedContentException>(() => state.Contents.OpenRead(content.Sha256));
        Assert.Equal(404, RequestErrors.CreateResponse(problem).Status);
    }

    [Fact]
    public async Task An_upload_that_fails_leaves_no_file()
    {
        var failed = await Emulator.Api.UploadAsync("shop", $"ZH{new string('0', 32)}", "/a", "public", [1]);

        Assert.Equal(404, failed.Status);
        Assert.Empty(Files);
    }

    [Fact]
    public async Task An_upload_that_fails_keeps_the_file_that_another_version_has()
    {
        var asset = await AddAsync("/a", "same");

        var failed = await Emulator.Api.UploadAsync(
            "shop",
            $"ZH{new string('0', 32)}",
            "/a",
            "public",
            "same"u8.ToArray()
        );

        Assert.Equal(404, failed.Status);
        Assert.Equal("same", await ReadAsync(asset.Version));
    }

    /// <summary>An upload finds the file of another version that is deleted at the same time.</summary>
    [Fact]
    public async Task Simultaneous_uploads_and_deletions_of_the_same_content_lose_nothing()
    {
        var workers = Enumerable
            .Range(0, 6)
            .Select(async worker =>
            {
                for (var round = 0; round < 30; round++)
                {
                    var asset = await AddAsync($"/{worker}", $"content {round % 2}");
                    Assert.Equal($"content {round % 2}", await ReadAsync(asset.Version));
                    await DeleteAsync(asset);
                }

                return (await AddAsync($"/{worker}", "last")).Version;
            });

        var versions = await Task.WhenAll(workers);

        foreach (var version in versions)
        {
            Assert.Equal("last", await ReadAsync(version));
        }

        Assert.Single(Files);
    }

    [Fact]
    public async Task Snapshots_during_deletions_are_complete()
    {
        var deletions = AddAndDeleteAsync();
        do
        {
            var snapshot = await Emulator.Server.SnapshotAsync(TestEmulator.Token);
            Assert.InRange(snapshot.Contents.Count, 0, 1);
        } while (!deletions.IsCompleted);

        await deletions;
        Assert.Empty(Files);

        async Task AddAndDeleteAsync()
        {
            for (var round = 0; round < 50; round++)
            {
                await DeleteAsync(await AddAsync("/a", $"{round}"));
            }
        }
    }

    /// <summary>The deletion is stored before the file is deleted, so the emulator can be killed in between.</summary>
    [Fact]
    public async Task The_next_start_deletes_what_was_left()
    {
        var asset = await AddAsync("/a", "a");
        var file = $"content/{Assert.Single(Files)}";
        var content = await File.ReadAllBytesAsync(_folder[file], TestEmulator.Token);
        await DeleteAsync(asset);
        await Emulator.DisposeAsync();
        _folder.Write(file, content);

        Emulator = await TestEmulator.StartAsync(folder: _folder.Path);

        Assert.Empty(Files);
    }

    [Fact]
    public async Task Deleting_leaves_what_is_not_a_file_of_the_emulator()
    {
        var asset = await AddAsync("/a", "a");
        var file = $"content/{Assert.Single(Files)}";
        File.Delete(_folder[file]);
        _folder.Write($"{file}/mine");

        await DeleteAsync(asset);

        Assert.True(File.Exists(_folder[$"{file}/mine"]));
    }

    private async Task<(string Asset, string Version)> AddAsync(string path, string text)
    {
        var asset = await Emulator.Api.CreateAssetAsync("shop", path);
        var content = System.Text.Encoding.UTF8.GetBytes(text);
        return (asset, (await Emulator.Api.UploadAsync("shop", asset, path, "public", content)).Created().Sid());
    }

    private Task DeleteAsync((string Asset, string Version) asset) =>
        Emulator.DeleteAsync($"/v1/Services/shop/Assets/{asset.Asset}");

    private async Task<string> ReadAsync(string version) =>
        (await Emulator.Api.GetAsync($"/__emulator/versions/{version}/content")).Text;

    private async Task<string> DeployAsync((string Asset, string Version) asset)
    {
        var build = (await Emulator.Api.BuildAsync("shop", asset.Version)).Created().Sid();
        var environment = await Emulator.Api.CreateEnvironmentAsync("shop");
        (await Emulator.Api.DeployAsync("shop", environment.Sid(), build)).Created();
        return environment.Text("domain_name");
    }
}
