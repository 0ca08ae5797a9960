using System.IO.Compression;
using System.Text;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.EndToEnd.Tests;

public sealed class SecretTests(PackageFeed feed) : EndToEndTest(feed)
{
    [Fact]
    public async Task The_secret_is_in_nothing_that_builds_leave()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .Property("ServerlessAssetsReportPath", "out/report.html")
            .File("assets/a.txt", "a")
            .File("assets/b.txt", "b");
        (await project.PublishAsync("-v:diag")).Succeeded();

        project.File("assets/b.txt", "changed");
        emulator.Faults = new EmulatorFaults { RejectPathContains = "/b", RejectStatus = 403 };
        File.Move(project.PathOf("out/report.html"), project.PathOf("out/first.html"));
        (await project.PublishAsync("--no-build", "-v:diag")).Failed();

        byte[][] secrets =
        [
            Encoding.UTF8.GetBytes(Secret),
            Encoding.Unicode.GetBytes(Secret),
            Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Secret}"))),
        ];
        var left = Directory.GetFiles(project.Root, "*", SearchOption.AllDirectories);
        Assert.Contains(left, file => file.EndsWith(".binlog", StringComparison.Ordinal));
        Assert.Contains(left, file => file.EndsWith(".log", StringComparison.Ordinal));
        Assert.Contains(left, file => file.EndsWith("uploads.journal", StringComparison.Ordinal));
        Assert.Contains(left, file => file.EndsWith("manifest.json.previous", StringComparison.Ordinal));
        Assert.Equal(
            ["first.html", "report.html"],
            left.Where(file => file.EndsWith(".html", StringComparison.Ordinal))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
        Assert.All(
            left,
            file =>
            {
                var content = Read(file);
                Assert.All(
                    secrets,
                    secret => Assert.True(content.AsSpan().IndexOf(secret) < 0, $"{file} has the secret")
                );
            }
        );
    }

    private static byte[] Read(string file)
    {
        if (!file.EndsWith(".binlog", StringComparison.Ordinal))
        {
            return File.ReadAllBytes(file);
        }

        using var compressed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var content = new MemoryStream();
        compressed.CopyTo(content);
        var bytes = content.ToArray();
        Assert.True(bytes.AsSpan().IndexOf("UploadServerlessAssets"u8) > 0, "the log could not be read");
        return bytes;
    }
}
