using System.Text;

namespace Serverless.Assets.Client.Tests.Content;

public sealed class UploadBodyTests
{
    [Fact]
    public async Task The_body_of_an_upload_has_exactly_these_parts()
    {
        var writes = 0;
        using var body = UploadBody.Create(
            "/css/site.css",
            Visibility.Protected,
            AssetContent.FromBytes(Encoding.UTF8.GetBytes("body{}"), "text/css; charset=utf-8"),
            () => writes++,
            progress: null
        );
        var boundary = body
            .Headers.ContentType!.Parameters.Single(parameter => parameter.Name == "boundary")
            .Value!.Trim('"');
        Assert.Equal("multipart/form-data", body.Headers.ContentType.MediaType);
        Assert.Matches("^serverless-assets-[0-9a-f]{32}\\z", boundary);

        var bytes = await body.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            $"""
            --{boundary}
            Content-Disposition: form-data; name="Path"

            /css/site.css
            --{boundary}
            Content-Disposition: form-data; name="Visibility"

            protected
            --{boundary}
            Content-Type: text/css; charset=utf-8
            Content-Disposition: form-data; name="Content"; filename="site.css"

            body{"{}"}
            --{boundary}--

            """.ReplaceLineEndings("\r\n"),
            Encoding.UTF8.GetString(bytes)
        );
        Assert.Equal(bytes.Length, body.Headers.ContentLength);
        Assert.Equal(1, writes);
    }
}
