using System.Text;
using Twilio.Exceptions;
using FunctionVersionContentResource = Twilio.Rest.Serverless.V1.Service.Function.FunctionVersion.FunctionVersionContentResource;
using OfficialVersion = Twilio.Rest.Serverless.V1.Service.Function.FunctionVersionResource;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>Function Versions with Twilio's library, which cannot upload them.</summary>
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

        var fetched = await OfficialVersion.FetchAsync(ServiceSid, function, sid, Official);

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
        FieldAssert.Same<OfficialVersion>(fetched, Assert.Single(await ListAsync(function)));
    }

    [Fact]
    public async Task Versions_of_a_Function_are_listed_newest_first()
    {
        var function = await Api.CreateAssetAsync(ServiceSid, "/call", "Functions");
        var other = await Api.CreateAssetAsync(ServiceSid, "/other", "Functions");
        List<string> versions = [await UploadAsync(function), await UploadAsync(function), await UploadAsync(function)];
        await UploadAsync(other);

        Assert.Equal(
            versions.AsEnumerable().Reverse(),
            (await ListAsync(function, pageSize: 2)).Select(version => version.Sid)
        );
    }

    [Fact]
    public async Task The_content_is_the_uploaded_code()
    {
        var function = await Api.CreateAssetAsync(ServiceSid, "/call", "Functions");
        var sid = await UploadAsync(function);

        var content = await FunctionVersionContentResource.FetchAsync(ServiceSid, function, sid, Official);

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
            FunctionVersionContentResource.FetchAsync(ServiceSid, function, sid, Official)
        );
        Assert.Equal((404, 20404), (failure.Status, failure.Code));
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

    private async Task<List<OfficialVersion>> ListAsync(string function, int? pageSize = null) =>
        [.. await OfficialVersion.ReadAsync(ServiceSid, function, pageSize, client: Official)];
}
