using System.Net;
using Twilio.Exceptions;

namespace Serverless.Assets.Client.InteropTests;

public sealed class VariableTests : InteropTest
{
    private const string Value = "grün & blau\nrot";

    private Sid Environment => Sid.Parse(EnvironmentSid, SidKind.Environment);

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_Variable_of_one_library_is_fetched_and_listed_by_the_other(Library creator)
    {
        object created =
            creator == Library.Official
                ? await CreateOfficialAsync("COLOR", Value)
                : await Ours.Variables.CreateAsync(ServiceSid, Environment, "COLOR", Value, Token);

        var official = Assert.Single(await ListOfficialAsync());
        Assert.StartsWith("ZV", official.Sid, StringComparison.Ordinal);
        Assert.Equal(
            (TestCredentials.AccountSid, ServiceSid, EnvironmentSid),
            (official.AccountSid, official.ServiceSid, official.EnvironmentSid)
        );
        Assert.Equal(("COLOR", Value), (official.Key, official.Value));
        Assert.Equal(
            $"{Emulator.Url}/v1/Services/{ServiceSid}/Environments/{EnvironmentSid}/Variables/{official.Sid}",
            official.Url.AbsoluteUri
        );
        Assert.Equal(Emulator.Clock.GetUtcNow().UtcDateTime, official.DateCreated);
        FieldAssert.Same<VariableResource>(
            created,
            official,
            await FetchOfficialAsync(official.Sid),
            await FetchOursAsync(official.Sid),
            Assert.Single(await ListOursAsync())
        );
    }

    [Fact]
    public async Task Variables_of_an_Environment_are_listed_newest_first()
    {
        List<object> created =
        [
            await CreateOfficialAsync("A", "1"),
            await Ours.Variables.CreateAsync(ServiceSid, Environment, "B", "", Token),
            await CreateOfficialAsync("C", "3"),
        ];
        var other = await Ours.Environments.CreateAsync(ServiceSid, "other", "other", Token);
        await Ours.Variables.CreateAsync(ServiceSid, other.Sid, "D", "4", Token);

        FieldAssert.SameList<VariableResource>(created.AsEnumerable().Reverse(), await ListOfficialAsync(pageSize: 2));
        Assert.Equal(2, CountRequests("Variable.List"));
        FieldAssert.SameList<VariableResource>(created.AsEnumerable().Reverse(), await ListOursAsync(pageSize: 2));
        Assert.Equal(4, CountRequests("Variable.List"));
    }

    [Theory]
    [InlineData("SIZE", null, "SIZE", "red")]
    [InlineData(null, "blue", "COLOR", "blue")]
    [InlineData("SIZE", "large", "SIZE", "large")]
    public async Task Our_client_sees_an_update(string? key, string? value, string newKey, string newValue)
    {
        var created = await CreateOfficialAsync("COLOR", "red");
        var other = await CreateOfficialAsync("OTHER", "red");
        Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        var updated = await V1.Service.Environment.VariableResource.UpdateAsync(
            ServiceSid,
            EnvironmentSid,
            created.Sid,
            key,
            value,
            Official
        );

        Assert.Equal((created.Sid, newKey, newValue), (updated.Sid, updated.Key, updated.Value));
        AssertUpdated(created, updated);
        FieldAssert.Same<VariableResource>(
            updated,
            await FetchOfficialAsync(created.Sid),
            await FetchOursAsync(created.Sid)
        );
        FieldAssert.Same<VariableResource>(other, await FetchOursAsync(other.Sid));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_official_library_sees_an_update(bool isSet)
    {
        var created = await CreateOfficialAsync("COLOR", "red");
        var other = await CreateOfficialAsync("OTHER", "red");
        Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        var updated = isSet
            ? await Ours.Variables.SetAsync(ServiceSid, Environment, "COLOR", Value, Token)
            : await Ours.Variables.UpdateAsync(
                ServiceSid,
                Environment,
                Sid.Parse(created.Sid, SidKind.Variable),
                "COLOR",
                Value,
                Token
            );

        var official = await FetchOfficialAsync(created.Sid);
        Assert.Equal(("COLOR", Value), (official.Key, official.Value));
        AssertUpdated(created, official);
        FieldAssert.Same<VariableResource>(updated, official);
        FieldAssert.SameList<VariableResource>([other, updated], await ListOfficialAsync());
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task The_other_library_does_not_find_a_deleted_Variable(Library library)
    {
        var created = await CreateOfficialAsync("COLOR", "red");
        var other = await CreateOfficialAsync("OTHER", "red");

        if (library == Library.Official)
        {
            Assert.True(
                await V1.Service.Environment.VariableResource.DeleteAsync(
                    ServiceSid,
                    EnvironmentSid,
                    created.Sid,
                    Official
                )
            );
        }
        else
        {
            await Ours.Variables.DeleteAsync(ServiceSid, Environment, Sid.Parse(created.Sid, SidKind.Variable), Token);
        }

        await AssertGoneAsync(created.Sid);
        FieldAssert.Same<VariableResource>(other, await ListOfficialAsync());
        FieldAssert.Same<VariableResource>(other, await ListOursAsync());
    }

    [Fact]
    public async Task Variables_are_deleted_with_their_Environment()
    {
        var created = await CreateOfficialAsync("COLOR", "red");

        await Ours.Environments.DeleteAsync(ServiceSid, Environment, Token);

        await AssertGoneAsync(created.Sid);
    }

    [Fact]
    public async Task A_value_that_is_too_long_is_400_and_20001()
    {
        using var lenient = CreateOurs(TestCredentials.Secret, enforcesLimits: false);
        var value = new string('x', 451);

        var official = await Assert.ThrowsAsync<ApiException>(() => CreateOfficialAsync("COLOR", value));
        var ours = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            lenient.Variables.CreateAsync(ServiceSid, Environment, "COLOR", value, Token)
        );

        Assert.Equal((400, 20001), (official.Status, official.Code));
        Assert.Equal((HttpStatusCode.BadRequest, 20001, official.Message), (ours.Status, ours.Code, ours.Reason));
    }

    private static void AssertUpdated(
        V1.Service.Environment.VariableResource created,
        V1.Service.Environment.VariableResource updated
    )
    {
        Assert.Equal(created.DateCreated, updated.DateCreated);
        Assert.Equal(created.DateCreated + TimeSpan.FromSeconds(5), updated.DateUpdated);
    }

    private async Task AssertGoneAsync(string sid)
    {
        var official = await Assert.ThrowsAsync<ApiException>(() => FetchOfficialAsync(sid));
        var ours = await Assert.ThrowsAsync<ServerlessApiException>(() => FetchOursAsync(sid));
        Assert.Equal((404, 20404), (official.Status, official.Code));
        Assert.Equal((HttpStatusCode.NotFound, 20404), (ours.Status, ours.Code));
    }

    private Task<V1.Service.Environment.VariableResource> CreateOfficialAsync(string key, string value) =>
        V1.Service.Environment.VariableResource.CreateAsync(ServiceSid, EnvironmentSid, key, value, Official);

    private Task<V1.Service.Environment.VariableResource> FetchOfficialAsync(string sid) =>
        V1.Service.Environment.VariableResource.FetchAsync(ServiceSid, EnvironmentSid, sid, Official);

    private async Task<List<V1.Service.Environment.VariableResource>> ListOfficialAsync(int? pageSize = null) =>
        [
            .. await V1.Service.Environment.VariableResource.ReadAsync(
                ServiceSid,
                EnvironmentSid,
                pageSize,
                client: Official
            ),
        ];

    private Task<VariableResource> FetchOursAsync(string sid) =>
        Ours.Variables.FetchAsync(ServiceSid, Environment, Sid.Parse(sid, SidKind.Variable), Token);

    private async Task<List<VariableResource>> ListOursAsync(int pageSize = 50) =>
        await Ours.Variables.ListAsync(ServiceSid, Environment, pageSize, cancellationToken: Token).ToListAsync(Token);
}
