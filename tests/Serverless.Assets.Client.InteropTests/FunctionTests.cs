using Twilio.Exceptions;
using FunctionResource = Twilio.Rest.Serverless.V1.Service.FunctionResource;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>Functions with Twilio's library.</summary>
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
        FieldAssert.Same<FunctionResource>(created, await FetchAsync(created.Sid), Assert.Single(await ListAsync()));
    }

    [Fact]
    public async Task Functions_are_listed_newest_first_and_without_Assets()
    {
        List<FunctionResource> created = [await CreateAsync("/a"), await CreateAsync("/b"), await CreateAsync("/c")];
        await Ours.Assets.CreateAsync(ServiceSid, "/d", Token);

        FieldAssert.SameList<FunctionResource>(created.AsEnumerable().Reverse(), await ListAsync(pageSize: 2));
        Assert.Equal(2, CountRequests("Function.List"));
        Assert.Equal(["/d"], (await Ours.Assets.ListAllAsync(ServiceSid, Token)).Select(asset => asset.FriendlyName));
    }

    [Fact]
    public async Task An_update_changes_the_name()
    {
        var created = await CreateAsync("/call");
        var other = await CreateAsync("/other");
        Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        var updated = await FunctionResource.UpdateAsync(ServiceSid, created.Sid, "/answer", Official);

        Assert.Equal((created.Sid, "/answer"), (updated.Sid, updated.FriendlyName));
        Assert.Equal(created.DateCreated, updated.DateCreated);
        Assert.Equal(created.DateCreated + TimeSpan.FromSeconds(5), updated.DateUpdated);
        FieldAssert.Same<FunctionResource>(updated, await FetchAsync(created.Sid));
        FieldAssert.Same<FunctionResource>(other, await FetchAsync(other.Sid));
    }

    [Fact]
    public async Task A_deleted_Function_is_gone()
    {
        var created = await CreateAsync("/call");
        var other = await CreateAsync("/other");

        Assert.True(await FunctionResource.DeleteAsync(ServiceSid, created.Sid, Official));

        var failure = await Assert.ThrowsAsync<ApiException>(() => FetchAsync(created.Sid));
        Assert.Equal((404, 20404), (failure.Status, failure.Code));
        FieldAssert.Same<FunctionResource>(other, await ListAsync());
    }

    private Task<FunctionResource> CreateAsync(string name) => FunctionResource.CreateAsync(ServiceSid, name, Official);

    private Task<FunctionResource> FetchAsync(string sid) => FunctionResource.FetchAsync(ServiceSid, sid, Official);

    private async Task<List<FunctionResource>> ListAsync(int? pageSize = null) =>
        [.. await FunctionResource.ReadAsync(ServiceSid, pageSize, client: Official)];
}
