using Twilio.Exceptions;
using VariableResource = Twilio.Rest.Serverless.V1.Service.Environment.VariableResource;

namespace Serverless.Assets.Client.InteropTests;

/// <summary>Variables with Twilio's library.</summary>
public sealed class VariableTests : InteropTest
{
    [Fact]
    public async Task A_created_Variable_is_fetched_and_listed()
    {
        var created = await CreateAsync("COLOR", "grün & blau\nrot");

        Assert.StartsWith("ZV", created.Sid, StringComparison.Ordinal);
        Assert.Equal(
            (TestCredentials.AccountSid, ServiceSid, EnvironmentSid),
            (created.AccountSid, created.ServiceSid, created.EnvironmentSid)
        );
        Assert.Equal(("COLOR", "grün & blau\nrot"), (created.Key, created.Value));
        Assert.Equal(
            $"{Emulator.Url}/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}/Variables/{created.Sid}",
            created.Url.AbsoluteUri
        );
        Assert.Equal(Emulator.Clock.GetUtcNow().UtcDateTime, created.DateCreated);
        Assert.Equal(created.DateCreated, created.DateUpdated);
        FieldAssert.Same<VariableResource>(created, await FetchAsync(created.Sid), Assert.Single(await ListAsync()));
    }

    [Fact]
    public async Task Variables_of_an_Environment_are_listed_newest_first()
    {
        List<VariableResource> created =
        [
            await CreateAsync("A", "1"),
            await CreateAsync("B", "2"),
            await CreateAsync("C", "3"),
        ];
        var other = await Ours.Environments.CreateAsync(ServiceSid, "other", "other", Token);
        await VariableResource.CreateAsync(ServiceSid, other.Sid, "D", "4", Official);

        FieldAssert.SameList<VariableResource>(created.AsEnumerable().Reverse(), await ListAsync(pageSize: 2));
        Assert.Equal(2, CountRequests("Variable.List"));
    }

    [Theory]
    [InlineData("SIZE", null, "SIZE", "red")]
    [InlineData(null, "blue", "COLOR", "blue")]
    [InlineData("SIZE", "large", "SIZE", "large")]
    public async Task An_update_changes_what_it_names(string? key, string? value, string newKey, string newValue)
    {
        var created = await CreateAsync("COLOR", "red");
        var other = await CreateAsync("OTHER", "red");
        Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        var updated = await VariableResource.UpdateAsync(ServiceSid, EnvironmentSid, created.Sid, key, value, Official);

        Assert.Equal((created.Sid, newKey, newValue), (updated.Sid, updated.Key, updated.Value));
        Assert.Equal(created.DateCreated, updated.DateCreated);
        Assert.Equal(created.DateCreated + TimeSpan.FromSeconds(5), updated.DateUpdated);
        FieldAssert.Same<VariableResource>(updated, await FetchAsync(created.Sid));
        FieldAssert.Same<VariableResource>(other, await FetchAsync(other.Sid));
    }

    [Fact]
    public async Task A_deleted_Variable_is_gone()
    {
        var created = await CreateAsync("COLOR", "red");
        var other = await CreateAsync("OTHER", "red");

        Assert.True(await VariableResource.DeleteAsync(ServiceSid, EnvironmentSid, created.Sid, Official));

        await AssertErrorAsync(() => FetchAsync(created.Sid), 404, 20404);
        FieldAssert.Same<VariableResource>(other, await ListAsync());
    }

    [Fact]
    public async Task Variables_are_deleted_with_their_Environment()
    {
        var created = await CreateAsync("COLOR", "red");

        await Ours.Environments.DeleteAsync(ServiceSid, Sid.Parse(EnvironmentSid), Token);

        await AssertErrorAsync(() => FetchAsync(created.Sid), 404, 20404);
    }

    [Fact]
    public Task A_value_that_is_too_long_is_400_and_20001() =>
        AssertErrorAsync(() => CreateAsync("COLOR", new string('x', 451)), 400, 20001);

    private static async Task AssertErrorAsync(Func<Task> call, int status, int code)
    {
        var failure = await Assert.ThrowsAsync<ApiException>(call);
        Assert.Equal((status, code), (failure.Status, failure.Code));
    }

    private Task<VariableResource> CreateAsync(string key, string value) =>
        VariableResource.CreateAsync(ServiceSid, EnvironmentSid, key, value, Official);

    private Task<VariableResource> FetchAsync(string sid) =>
        VariableResource.FetchAsync(ServiceSid, EnvironmentSid, sid, Official);

    private async Task<List<VariableResource>> ListAsync(int? pageSize = null) =>
        [.. await VariableResource.ReadAsync(ServiceSid, EnvironmentSid, pageSize, client: Official)];
}
