using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.State;

namespace Serverless.Assets.Tests.Planning;

public sealed class AssetHasherTests : IDisposable
{
    private static readonly DateTime Written = new(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private readonly TempFolder _temp = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(Written) + TimeSpan.FromHours(1));
    private readonly FaultyFiles _files = new();
    private readonly UploadState _state;
    private int _reads;

    public AssetHasherTests()
    {
        var disk = new PhysicalFileSystem();
        _files.OnOpenRead = path =>
        {
            Interlocked.Increment(ref _reads);
            return disk.OpenRead(path);
        };
        _state = UploadState.Open(_temp["state"], _temp.Path, disk, new RecordingLogger(), _clock);
    }

    public void Dispose()
    {
        _state.Dispose();
        _temp.Dispose();
    }

    [Fact]
    public async Task The_hashes_are_those_of_the_bytes()
    {
        var content = RandomNumberGenerator.GetBytes((3 * ContentHasher.BufferSize) + 1);
        var asset = TestAsset.Write(_temp, "/a.bin");
        await File.WriteAllBytesAsync(asset.File, content, Cancellation);
        var hashed = await HashAsync(asset);
        Assert.Equal(
            new ContentHash(
                Convert.ToHexStringLower(SHA256.HashData(content)),
                Convert.ToBase64String(SHA384.HashData(content)),
                content.Length
            ),
            hashed.Hash
        );
    }

    [Fact]
    public async Task A_file_is_read_once_as_long_as_it_stays_the_same()
    {
        var asset = Write("one");
        var first = await HashAsync(asset);
        Assert.Equal(first, await HashAsync(asset));
        Assert.Equal(1, _reads);
    }

    [Fact]
    public async Task A_file_of_another_length_or_time_is_read_again()
    {
        var first = await HashAsync(Write("one"));
        var longer = await HashAsync(Write("three"));
        var later = await HashAsync(Write("seven", Written.AddTicks(10)));
        Assert.Equal(3, _reads);
        Assert.Equal(3, new[] { first, longer, later }.Select(hashed => hashed.Hash.Sha256).Distinct().Count());
    }

    [Fact]
    public async Task A_file_that_took_the_place_of_another_with_its_length_and_time_is_read_again()
    {
        var asset = Write("one");
        var first = await HashAsync(asset);
        var other = _temp.Write("other", "two");
        File.SetLastWriteTimeUtc(other, Written);
        File.Move(other, asset.File, overwrite: true);
        Assert.NotEqual(first.Hash, (await HashAsync(asset)).Hash);
        Assert.Equal(2, _reads);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1999, 2)]
    [InlineData(2000, 1)]
    [InlineData(-60_000, 2)]
    public async Task A_file_written_within_the_last_two_seconds_is_not_trusted(int milliseconds, int reads)
    {
        var asset = Write("one", _clock.GetUtcNow().UtcDateTime - TimeSpan.FromMilliseconds(milliseconds));
        await HashAsync(asset);
        await HashAsync(asset);
        Assert.Equal(reads, _reads);
    }

    [Fact]
    public async Task A_missing_file_is_an_error_that_names_it()
    {
        var asset = TestAsset.Create("/gone.txt");
        DiagnosticAssert.Same(await FailAsync(asset), DiscoveryDiagnostics.FileVanished("assets/gone.txt", asset.File));

        var present = Write("one");
        _files.OnOpenRead = _ => throw new DirectoryNotFoundException();
        DiagnosticAssert.Same(
            await FailAsync(present),
            DiscoveryDiagnostics.FileVanished("assets/a.txt", present.File)
        );
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public async Task A_file_that_cannot_be_read_is_an_error_with_the_reason(Type exception)
    {
        var asset = Write("one");
        _files.OnOpenRead = _ => throw (Exception)Activator.CreateInstance(exception, "in use")!;
        DiagnosticAssert.Same(
            await FailAsync(asset),
            DiscoveryDiagnostics.FileUnreadable("assets/a.txt", "in use", asset.File)
        );
    }

    [Theory]
    [InlineData("one and more", 0)]
    [InlineData("two", 1)]
    public async Task A_file_that_changes_while_it_is_read_is_an_error(string content, int milliseconds)
    {
        var asset = Write("one");
        _files.OnOpenRead = path =>
        {
            File.WriteAllText(path, content);
            File.SetLastWriteTimeUtc(path, Written.AddMilliseconds(milliseconds));
            return File.OpenRead(path);
        };
        DiagnosticAssert.SingleError(
            await FailAsync(asset),
            "SAB2020",
            asset.File,
            "'assets/a.txt'",
            "changed during the upload",
            "run again"
        );
    }

    [Fact]
    public async Task Content_that_does_not_have_the_length_of_the_file_is_an_error()
    {
        var asset = Write("one");
        _files.OnOpenRead = _ => new MemoryStream([1, 2]);
        DiagnosticAssert.SingleError(await FailAsync(asset), "SAB2020", asset.File, "'assets/a.txt'");
    }

    [Fact]
    public async Task A_file_that_vanishes_while_it_is_read_is_an_error()
    {
        var asset = Write("one");
        _files.OnOpenRead = path =>
        {
            File.Delete(path);
            return new MemoryStream([1]);
        };
        DiagnosticAssert.Same(await FailAsync(asset), DiscoveryDiagnostics.FileVanished("assets/a.txt", asset.File));
    }

    [Fact]
    public async Task A_file_that_became_a_link_or_a_pipe_is_an_error_that_says_so()
    {
        var asset = Write("one");
        _files.OnOpenRead = _ => throw new NotRegularFileException(FileKind.NamedPipe);
        DiagnosticAssert.Same(
            await FailAsync(asset),
            DiscoveryDiagnostics.NotRegularFile("assets/a.txt", "a named pipe", asset.File)
        );

        _files.OnOpenRead = _ => throw new LinkedFileException();
        DiagnosticAssert.Same(
            await FailAsync(asset),
            DiscoveryDiagnostics.FileChanged("assets/a.txt", new LinkedFileException().Message, asset.File)
        );
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private LocalAsset Write(string content, DateTime? lastWrite = null)
    {
        var asset = TestAsset.Write(_temp, "/a.txt", content);
        File.SetLastWriteTimeUtc(asset.File, lastWrite ?? Written);
        return asset;
    }

    private Task<HashedAsset> HashAsync(LocalAsset asset) =>
        new AssetHasher(_files, _state, _clock).HashAsync(asset, Cancellation);

    private async Task<IReadOnlyList<Diagnostic>> FailAsync(LocalAsset asset) =>
        (await Assert.ThrowsAsync<AssetException>(() => HashAsync(asset))).Diagnostics;
}
