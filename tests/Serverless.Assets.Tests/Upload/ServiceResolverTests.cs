using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Upload;

public sealed class ServiceResolverTests : UploadTest
{
    private const string AnyServiceCreation = "^POST .*/Services$";

    private static readonly ValidatedServiceSettings Named = TestSettings.Options with { ServiceSidOrName = "site" };
    private static readonly ValidatedServiceSettings Creating = Named with { CreateService = true };

    [Fact]
    public async Task A_Service_is_found_by_what_the_settings_say()
    {
        Assert.Equal(TestSettings.AccountSid, (await FindAsync(TestSettings.Options)).AccountSid);
        Assert.Equal(TestSettings.ServiceSid, (await FindAsync(Creating)).Sid);
        Assert.Equal([$"GET /v1/Services/{TestSettings.ServiceSid}", "GET /v1/Services/site"], Service.Handler.Lines);
    }

    [Fact]
    public async Task A_missing_Service_is_an_error_that_names_it_and_its_origin()
    {
        Service.Exists = false;
        var failure = await Assert.ThrowsAsync<AssetException>(() => FindAsync(Named));
        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB3003",
            null,
            "'site'",
            "in this account at https://api.test",
            "ServerlessAssetsCreateService=true"
        );
        Assert.Single(Service.Handler.Requests);
    }

    [Fact]
    public async Task A_missing_Service_is_created_when_the_settings_allow_it()
    {
        Service.Exists = false;
        Assert.Equal(TestSettings.ServiceSid, (await FindAsync(Creating)).Sid);
        Assert.Equal(["GET /v1/Services/site", "POST /v1/Services"], Service.Handler.Lines);
        Assert.Equal([$"Created the Service site ({TestSettings.ServiceSid})"], Logger.MessagesOf(LogLevel.Summary));
    }

    [Fact]
    public async Task A_Service_is_not_created_twice_when_the_creation_response_is_lost()
    {
        Service.Exists = false;
        Service.Afterwards = request =>
        {
            if (request.Method == "POST")
            {
                throw Cut();
            }
        };
        Assert.Equal(TestSettings.ServiceSid, (await FindAsync(Creating)).Sid);
        Assert.Equal(["GET /v1/Services/site", "POST /v1/Services", "GET /v1/Services/site"], Service.Handler.Lines);
    }

    [Fact]
    public async Task When_another_build_was_faster_its_Service_is_taken()
    {
        Service.Exists = false;
        Service.Instead = (request, _) =>
        {
            Service.Exists |= request.Method == "POST";
            return Task.FromResult(request.Method == "POST" ? StubHandler.Json("{}", HttpStatusCode.Conflict) : null);
        };
        Assert.Equal(TestSettings.ServiceSid, (await FindAsync(Creating)).Sid);
        Assert.Equal(1, Service.Count(AnyServiceCreation));
    }

    [Fact]
    public async Task A_conflict_without_such_a_Service_fails_at_once()
    {
        Service.Exists = false;
        Service.Instead = (request, _) =>
            Task.FromResult(request.Method == "POST" ? StubHandler.Json("{}", HttpStatusCode.Conflict) : null);
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => FindAsync(Creating));
        Assert.Equal((HttpStatusCode.Conflict, 1), (failure.Status, Service.Count(AnyServiceCreation)));
    }

    [Fact]
    public async Task An_error_response_is_not_a_missing_Service()
    {
        Service.Instead = (_, _) =>
            Task.FromResult<HttpResponseMessage?>(StubHandler.Json("{}", HttpStatusCode.Forbidden));
        await Assert.ThrowsAsync<ServerlessApiException>(() => FindAsync(Creating));
        Assert.Single(Service.Handler.Requests);
    }

    private async Task<ServiceIdentity> FindAsync(ValidatedServiceSettings options) =>
        (await new ServiceResolver(Api, options, Logger).FindOrCreateAsync(Cancellation)).Service;
}
