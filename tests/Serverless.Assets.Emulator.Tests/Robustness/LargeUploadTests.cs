using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Uploads are written to disk as they arrive.</summary>
public sealed class LargeUploadTests
{
    private const int Uploads = 50;

    /// <summary>In bytes.</summary>
    private const int Size = 8 * 1024 * 1024;

    /// <summary>A tenth of what is uploaded at the same time, in bytes.</summary>
    private const long MaxHeap = 40 * 1024 * 1024;

    [Fact]
    public async Task Many_large_uploads_at_once_need_a_small_heap_and_every_byte_is_on_disk()
    {
        using var folder = new TempFolder();
        using var program = await LimitedProgram.StartAsync(folder.Path, MaxHeap);
        var service = (await program.Api.CreateServiceAsync()).Sid();
        var asset = await program.Api.CreateAssetAsync(service);
        var contents = Enumerable.Range(0, Uploads).Select(number => new GeneratedContent(number, Size)).ToList();

        var responses = await Task.WhenAll(
                contents.Select(content => program.Api.SendAsync(HttpMethod.Post, GetAddress(), CreateForm(content)))
            )
            .WithinAsync("the uploads");

        Assert.All(responses, response => Assert.Equal(201, response.Status));
        var files = folder.Files("content");
        Assert.Equal(contents.Select(content => content.Sha256).Order(), files.Select(Path.GetFileName).Order());
        foreach (var file in files)
        {
            await using var stream = File.OpenRead(folder[$"content/{file}"]);
            var hash = await SHA256.HashDataAsync(stream, TestEmulator.Token);
            Assert.Equal(Path.GetFileName(file), Convert.ToHexStringLower(hash));
        }

        Assert.Equal((0, ""), await program.EndAsync());

        string GetAddress() => $"/v1/Services/{service}/Assets/{asset}/Versions";
    }

    private static MultipartFormDataContent CreateForm(GeneratedContent content)
    {
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        var form = ApiClient.Multipart("/a.bin", "public", content: null);
        form.Add(content, "Content", "a.bin");
        return form;
    }
}
