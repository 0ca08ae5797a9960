using System.Net;
using Twilio.Exceptions;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>Twilio's library creates Functions, and both fetch and list them.</summary>
public sealed class FunctionTests : InteropTest
{
    [Fact]
    public async Task A_created_Function_is_fetched_and_listed()
    {
        var created = await CreateAsync("/call");

        var url = $"{Emulator.Url}/v1/Services/{ServiceSid}/Functions/{created.Sid}";
        Assert.StartsWith("ZH", created.Sid, StringComparison.Ordinal);
        Assert.Equal(
            (TestCredentials.AccountSid, ServiceSid, "/call", url),
            (created.AccountSid, created.ServiceSid, created.FriendlyName, created.Url.AbsoluteUri)
        );
        Assert.Equal([KeyValuePair.Create("function_versions", $"{url}/Versions")], created.Links);
        Assert.Equal(Emulator.Clock.GetUtcNow().UtcDateTime, created.DateCreated);
        Assert.Equal(created.DateCreated, created.DateUpdated);
        FieldAssert.Same<V1.Service.FunctionResource>(
            created,
            await FetchAsync(created.Sid),
            Assert.Single(await ListAsync())
        );
        FieldAssert.Same<FunctionResource>(
            created,
            await FetchOursAsync(created.Sid),
            Assert.Single(await ListOursAsync())
        );
    }

    [Fact]
    public async Task Functions_are_listed_newest_first_and_without_Assets()
    {
        List<V1.Service.FunctionResource> created =
        [
            await CreateAsync("/a"),
            await CreateAsync("/b"),
            await CreateAsync("/c"),
        ];
        await Ours.Assets.CreateAsync(ServiceSid, "/d", Token);

        var official = await ListAsync(pageSize: 2);
        FieldAssert.SameList<V1.Service.FunctionResource>(created.AsEnumerable().Reverse(), official);
        Assert.Equal(2, CountRequests("Function.List"));
        FieldAssert.SameList<FunctionResource>(official, await ListOursAsync(pageSize: 2));
        Assert.Equal(4, CountRequests("Function.List"));
        Assert.Equal(["/d"], (await Ours.Assets.ListAllAsync(ServiceSid, Token)).Select(asset => asset.FriendlyName));
    }

    [Fact]
    public async Task An_update_changes_the_name()
    {
        var created = await CreateAsync("/call");
        var other = await CreateAsync("/other");
        Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        var updated = await V1.Service.FunctionResource.UpdateAsync(ServiceSid, created.Sid, "/answer", Official);

        Assert.Equal((created.Sid, "/answer"), (updated.Sid, updated.FriendlyName));
        Assert.Equal(created.DateCreated, updated.DateCreated);
        Assert.Equal(created.DateCreated + TimeSpan.FromSeconds(5), updated.DateUpdated);
        FieldAssert.Same<V1.Service.FunctionResource>(updated, await FetchAsync(created.Sid));
        FieldAssert.Same<FunctionResource>(updated, await FetchOursAsync(created.Sid));
        FieldAssert.Same<V1.Service.FunctionResource>(other, await FetchAsync(other.Sid));
    }

    [Fact]
    public async Task A_deleted_Function_is_gone()
    {
        var created = await CreateAsync("/call");
        var other = await CreateAsync("/other");

        Assert.True(await V1.Service.FunctionResource.DeleteAsync(ServiceSid, created.Sid, Official));

        var failure = await Assert.ThrowsAsync<ApiException>(() => FetchAsync(created.Sid));
        Assert.Equal((404, 20404), (failure.Status, failure.Code));
        var ours = await Assert.ThrowsAsync<ServerlessApiException>(() => FetchOursAsync(created.Sid));
        Assert.Equal((HttpStatusCode.NotFound, 20404), (ours.Status, ours.Code));
        FieldAssert.Same<V1.Service.FunctionResource>(other, await ListAsync());
        FieldAssert.Same<FunctionResource>(other, await ListOursAsync());
    }

    private Task<V1.Service.FunctionResource> CreateAsync(string name) =>
        V1.Service.FunctionResource.CreateAsync(ServiceSid, name, Official);

    private Task<V1.Service.FunctionResource> FetchAsync(string sid) =>
        V1.Service.FunctionResource.FetchAsync(ServiceSid, sid, Official);

    private async Task<List<V1.Service.FunctionResource>> ListAsync(int? pageSize = null) =>
        [.. await V1.Service.FunctionResource.ReadAsync(ServiceSid, pageSize, client: Official)];

    private Task<FunctionResource> FetchOursAsync(string sid) =>
        Ours.Functions.FetchAsync(ServiceSid, Sid.Parse(sid, SidKind.Asset), Token);

    private async Task<List<FunctionResource>> ListOursAsync(int pageSize = 50) =>
        await Ours.Functions.ListAsync(ServiceSid, pageSize, cancellationToken: Token).ToListAsync(Token);
}
