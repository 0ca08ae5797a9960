namespace Serverless.Assets.Client.InteropTests;

public sealed class ServiceTests : InteropTest
{
    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_Service_of_one_library_is_fetched_and_listed_by_the_other(Library creator)
    {
        const string Name = "bakery";
        object created =
            creator == Library.Official
                ? await V1.ServiceResource.CreateAsync(Name, "The bakery", true, true, Official)
                : await Ours.Services.CreateAsync(Name, Token);

        var official = await V1.ServiceResource.FetchAsync(Name, Official);
        FieldAssert.Same<ServiceResource>(
            created,
            official,
            await V1.ServiceResource.FetchAsync(official.Sid, Official),
            (await V1.ServiceResource.ReadAsync(client: Official)).First(),
            await Ours.Services.FetchAsync(Name, Token),
            await Ours.Services.FetchAsync(official.Sid, Token)
        );
        Assert.Equal((true, true), (official.IncludeCredentials, official.UiEditable));
    }

    [Fact]
    public async Task Our_client_sees_an_update()
    {
        Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        var updated = await V1.ServiceResource.UpdateAsync(
            ServiceSid,
            includeCredentials: false,
            friendlyName: "The shop",
            uiEditable: false,
            Official
        );

        Assert.Equal(
            ("The shop", false, false),
            (updated.FriendlyName, updated.IncludeCredentials, updated.UiEditable)
        );
        Assert.Equal(TimeSpan.FromSeconds(5), updated.DateUpdated - updated.DateCreated);
        FieldAssert.Same<ServiceResource>(updated, await Ours.Services.FetchAsync(ServiceSid, Token));
    }

    [Fact]
    public async Task Our_client_does_not_find_a_deleted_Service()
    {
        Assert.True(await V1.ServiceResource.DeleteAsync(ServiceSid, Official));

        Assert.Null(await Ours.Services.FindAsync(ServiceSid, Token));
        Assert.Empty(await V1.ServiceResource.ReadAsync(client: Official));
    }
}
