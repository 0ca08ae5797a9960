using System.Net;
using System.Text;
using Twilio.Exceptions;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>Both libraries fetch and list Function Versions, but neither can upload them.</summary>
public sealed class FunctionVersionTests : InteropTest
{
    private const string Code = "exports.handler = () => 'grün';\n";

    [Theory]
    [InlineData("public")]
    [InlineData("protected")]
    [InlineData("private")]
    public async Task An_upload_is_fetched_and_listed(string visibility)
    {
        var function = await Api.CreateAssetAsync(ServiceSid, "/call", "Functions");
        var sid = await UploadAsync(function, visibility);

        var fetched = await V1.Service.Function.FunctionVersionResource.FetchAsync(ServiceSid, function, sid, Official);

        var url = $"{Emulator.Url}/v1/Services/{ServiceSid}/Functions/{function}/Versions/{sid}";
        Assert.Equal(
            (sid, TestCredentials.AccountSid, ServiceSid, function),
            (fetched.Sid, fetched.AccountSid, fetched.ServiceSid, fetched.FunctionSid)
        );
        Assert.Equal(
            ("/call", visibility, url),
            (fetched.Path, fetched.Visibility.ToString(), fetched.Url.AbsoluteUri)
        );
        Assert.Equal(Emulator.Clock.GetUtcNow().UtcDateTime, fetched.DateCreated);
        Assert.Equal([KeyValuePair.Create("function_version_content", $"{url}/Content")], fetched.Links);
        FieldAssert.Same<V1.Service.Function.FunctionVersionResource>(
            fetched,
            Assert.Single(await ListAsync(function))
        );
        var functionSid = Sid.Parse(function, SidKind.Asset);
        FieldAssert.Same<FunctionVersionResource>(
            fetched,
            await Ours.FunctionVersions.FetchAsync(ServiceSid, functionSid, Sid.Parse(sid, SidKind.Version), Token),
            await Ours.FunctionVersions.ListAsync(ServiceSid, functionSid, cancellationToken: Token).SingleAsync(Token)
        );
    }

    [Fact]
    public async Task Versions_of_a_Function_are_listed_newest_first()
    {
        var function = await Api.CreateAssetAsync(ServiceSid, "/call", "Functions");
        var other = await Api.CreateAssetAsync(ServiceSid, "/other", "Functions");
        List<string> versions = [await UploadAsync(function), await UploadAsync(function), await UploadAsync(function)];
        await UploadAsync(other);

        var official = await ListAsync(function, pageSize: 2);
        Assert.Equal(versions.AsEnumerable().Reverse(), official.Select(version => version.Sid));
        Assert.Equal(2, CountRequests("FunctionVersion.List"));
        FieldAssert.SameList<FunctionVersionResource>(
            official,
            await Ours
                .FunctionVersions.ListAsync(
                    ServiceSid,
                    Sid.Parse(function, SidKind.Asset),
                    pageSize: 2,
                    cancellationToken: Token
                )
                .ToListAsync(Token)
        );
        Assert.Equal(4, CountRequests("FunctionVersion.List"));
    }

    [Fact]
    public async Task The_content_is_the_uploaded_code()
    {
        var function = await Api.CreateAssetAsync(ServiceSid, "/call", "Functions");
        var sid = await UploadAsync(function);

        var content = await V1.Service.Function.FunctionVersion.FunctionVersionContentResource.FetchAsync(
            ServiceSid,
            function,
            sid,
            Official
        );

        Assert.Equal(Code, content.Content);
        Assert.Equal(
            (sid, TestCredentials.AccountSid, ServiceSid, function),
            (content.Sid, content.AccountSid, content.ServiceSid, content.FunctionSid)
        );
        Assert.Equal(
            $"{Emulator.Url}/v1/Services/{ServiceSid}/Functions/{function}/Versions/{sid}/Content",
            content.Url.AbsoluteUri
        );
    }

    [Fact]
    public async Task Versions_are_deleted_with_their_Function()
    {
        var function = await Api.CreateAssetAsync(ServiceSid, "/call", "Functions");
        var sid = await UploadAsync(function);

        Assert.True(await V1.Service.FunctionResource.DeleteAsync(ServiceSid, function, Official));

        var failure = await Assert.ThrowsAsync<ApiException>(() =>
            V1.Service.Function.FunctionVersion.FunctionVersionContentResource.FetchAsync(
                ServiceSid,
                function,
                sid,
                Official
            )
        );
        Assert.Equal((404, 20404), (failure.Status, failure.Code));
        var ours = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            Ours.FunctionVersions.FetchAsync(
                ServiceSid,
                Sid.Parse(function, SidKind.Asset),
                Sid.Parse(sid, SidKind.Version),
                Token
            )
        );
        Assert.Equal((HttpStatusCode.NotFound, 20404), (ours.Status, ours.Code));
    }

    private async Task<string> UploadAsync(string function, string visibility = "public") =>
        (
            await Api.UploadAsync(
                ServiceSid,
                function,
                "/call",
                visibility,
                Encoding.UTF8.GetBytes(Code),
                "application/javascript",
                "Functions"
            )
        )
            .Created()
            .Sid();

    private async Task<List<V1.Service.Function.FunctionVersionResource>> ListAsync(
        string function,
        int? pageSize = null
    ) =>
        [
            .. await V1.Service.Function.FunctionVersionResource.ReadAsync(
                ServiceSid,
                function,
                pageSize,
                client: Official
            ),
        ];
}
