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
    public async Task Both_libraries_list_the_Services_in_the_same_order()
    {
        for (var i = 0; i < 2; i++)
        {
            await V1.ServiceResource.CreateAsync($"official-{i}", $"Number {i}", client: Official);
            await Ours.Services.CreateAsync($"ours-{i}", Token);
        }

        var ours = await Ours.Services.ListAsync(pageSize: 2, cancellationToken: Token).ToListAsync(Token);

        Assert.Equal(
            ["ours-1", "official-1", "ours-0", "official-0", ServiceName],
            ours.Select(service => service.UniqueName)
        );
        FieldAssert.SameList<ServiceResource>(ours, await V1.ServiceResource.ReadAsync(pageSize: 2, client: Official));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task The_other_library_does_not_find_a_deleted_Service(Library library)
    {
        if (library == Library.Official)
        {
            Assert.True(await V1.ServiceResource.DeleteAsync(ServiceSid, Official));
        }
        else
        {
            await Ours.Services.DeleteAsync(ServiceSid, Token);
        }

        Assert.Null(await Ours.Services.FindAsync(ServiceSid, Token));
        Assert.Empty(await Ours.Services.ListAsync(cancellationToken: Token).ToListAsync(Token));
        Assert.Empty(await V1.ServiceResource.ReadAsync(client: Official));
    }
}
