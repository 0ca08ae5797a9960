using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Planning;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Upload;

public sealed class HashedFileContentTests : UploadTest
{
    private readonly List<int> _sent = [];

    [Fact]
    public async Task The_file_is_sent_in_chunks_and_each_chunk_is_reported()
    {
        var content = new string('x', (2 * ContentHasher.BufferSize) + 5);
        var asset = Hashed("/a.txt", content);
        var body = new HashedFileContent(asset, new PhysicalFileSystem(), _sent.Add);
        Assert.Equal(content.Length, body.Length);
        using var sent = new MemoryStream();
        await body.WriteToAsync(sent, Cancellation);
        Assert.Equal(content, Encoding.UTF8.GetString(sent.ToArray()));
        Assert.Equal(content.Length, _sent.Sum());
        Assert.True(_sent.Count >= 3);
    }

    [Fact]
    public async Task A_file_that_grew_is_an_error_and_what_is_too_much_is_not_sent()
    {
        var asset = Hashed("/a.txt", "12345");
        File.AppendAllText(asset.Local.File, "6");
        DiagnosticAssert.Same(await FailAsync(asset), Changed(asset, "it has grown beyond 5 bytes"));
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task A_file_that_shrank_is_an_error()
    {
        var asset = Hashed("/a.txt", "12345");
        File.WriteAllText(asset.Local.File, "123");
        DiagnosticAssert.Same(await FailAsync(asset), Changed(asset, "it has shrunk from 5 to 3 bytes"));
    }

    [Fact]
    public async Task A_file_of_other_content_is_an_error()
    {
        var asset = Hashed("/a.txt", "12345");
        File.WriteAllText(asset.Local.File, "54321");
        var problems = await FailAsync(asset);
        DiagnosticAssert.Same(problems, Changed(asset, "its content differs from when it was hashed"));
        Assert.Equal(
            "'assets/a.txt' changed during the upload: its content differs from when it was hashed. The upload was discarded. Wait until the program that writes the file has finished, then run again.",
            problems[0].Message
        );
    }

    [Fact]
    public async Task A_file_that_grows_while_it_is_sent_is_an_error()
    {
        var asset = Hashed("/a.txt", new string('x', ContentHasher.BufferSize + 1));
        var body = new HashedFileContent(
            asset,
            new PhysicalFileSystem(),
            _ => File.AppendAllText(asset.Local.File, "more")
        );
        DiagnosticAssert.Same(
            await FailAsync(body),
            Changed(asset, $"it has grown beyond {ContentHasher.BufferSize + 1} bytes")
        );
    }

    [Fact]
    public async Task A_file_or_folder_that_vanished_is_an_error()
    {
        var asset = Hashed("/sub/a.txt");
        File.Delete(asset.Local.File);
        DiagnosticAssert.Same(
            await FailAsync(asset),
            DiscoveryDiagnostics.FileVanished("assets/sub/a.txt", asset.Local.File)
        );
        Directory.Delete(Temp["assets/sub"]);
        DiagnosticAssert.Same(
            await FailAsync(asset),
            DiscoveryDiagnostics.FileVanished("assets/sub/a.txt", asset.Local.File)
        );
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(UnauthorizedAccessException))]
    public async Task A_failed_file_open_or_read_is_not_a_network_error(Type exception)
    {
        var asset = Hashed("/a.txt");
        var failure = (Exception)Activator.CreateInstance(exception, "bad sector")!;
        var expected = DiscoveryDiagnostics.FileUnreadable("assets/a.txt", "bad sector", asset.Local.File);
        DiagnosticAssert.Same(await FailAsync(asset, new FaultyFiles { OnOpenRead = _ => throw failure }), expected);
        DiagnosticAssert.Same(
            await FailAsync(asset, new FaultyFiles { OnOpenRead = _ => new BadDisk(failure) }),
            expected
        );
    }

    [Fact]
    public async Task A_broken_connection_is_not_a_file_error()
    {
        var body = new HashedFileContent(
            Hashed("/a.txt"),
            new PhysicalFileSystem(),
            _ => throw new IOException("connection reset")
        );
        var failure = await Record.ExceptionAsync(() => body.WriteToAsync(Stream.Null, Cancellation));
        Assert.Equal("connection reset", Assert.IsType<IOException>(failure).Message);
    }

    private static Diagnostic Changed(HashedAsset asset, string what) =>
        DiscoveryDiagnostics.FileChanged(asset.Local.DisplayPath, what, asset.Local.File);

    private async Task<IReadOnlyList<Diagnostic>> FailAsync(HashedAsset asset, IFileSystem? files = null)
    {
        var body = new HashedFileContent(asset, files ?? new PhysicalFileSystem(), _sent.Add);
        return await FailAsync(body);
    }

    private static async Task<IReadOnlyList<Diagnostic>> FailAsync(AssetContent body)
    {
        var failure = await Assert.ThrowsAsync<AssetContentException>(() =>
            body.WriteToAsync(Stream.Null, Cancellation)
        );
        return Assert.IsType<AssetException>(failure.InnerException).Diagnostics;
    }

    private sealed class BadDisk(Exception failure) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw failure;
    }
}
