namespace Serverless.Assets.Client.InteropTests;

public sealed class AssetTests : InteropTest
{
    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task An_Asset_of_one_library_is_fetched_and_listed_by_the_other(Library creator)
    {
        const string Name = "/menu & prices ü.txt";
        object created =
            creator == Library.Official
                ? await V1.Service.AssetResource.CreateAsync(ServiceSid, Name, Official)
                : await Ours.Assets.CreateAsync(ServiceSid, Name, Token);

        var ours = Assert.Single(await Ours.Assets.ListAllAsync(ServiceSid, Token));
        Assert.Equal(Name, ours.FriendlyName);
        FieldAssert.Same<AssetResource>(
            created,
            ours,
            await Ours.Assets.FetchAsync(ServiceSid, ours.Sid, Token),
            await V1.Service.AssetResource.FetchAsync(ServiceSid, ours.Sid, Official),
            Assert.Single(await V1.Service.AssetResource.ReadAsync(ServiceSid, client: Official))
        );
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task The_other_library_sees_an_update(Library library)
    {
        var asset = await Ours.Assets.CreateAsync(ServiceSid, "/a.txt", Token);
        var other = await Ours.Assets.CreateAsync(ServiceSid, "/other.txt", Token);
        Emulator.Clock.Advance(TimeSpan.FromSeconds(5));

        object updated =
            library == Library.Official
                ? await V1.Service.AssetResource.UpdateAsync(ServiceSid, asset.Sid, "/b.txt", Official)
                : await Ours.Assets.UpdateAsync(ServiceSid, asset.Sid, "/b.txt", Token);

        var official = await V1.Service.AssetResource.FetchAsync(ServiceSid, asset.Sid, Official);
        Assert.Equal("/b.txt", official.FriendlyName);
        Assert.Equal(TimeSpan.FromSeconds(5), official.DateUpdated - official.DateCreated);
        FieldAssert.Same<AssetResource>(updated, official, await Ours.Assets.FetchAsync(ServiceSid, asset.Sid, Token));
        FieldAssert.SameList<AssetResource>([other, updated], await Ours.Assets.ListAllAsync(ServiceSid, Token));
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task The_other_library_does_not_list_a_deleted_Asset(Library library)
    {
        var deleted = await Ours.Assets.CreateAsync(ServiceSid, "/a.txt", Token);
        var kept = await Ours.Assets.CreateAsync(ServiceSid, "/b.txt", Token);

        if (library == Library.Official)
        {
            Assert.True(await V1.Service.AssetResource.DeleteAsync(ServiceSid, deleted.Sid, Official));
        }
        else
        {
            await Ours.Assets.DeleteAsync(ServiceSid, deleted.Sid, Token);
        }

        Assert.Null(await Ours.Assets.FindAsync(ServiceSid, deleted.Sid, Token));
        FieldAssert.Same<AssetResource>(kept, await Ours.Assets.ListAllAsync(ServiceSid, Token));
        FieldAssert.Same<AssetResource>(kept, await V1.Service.AssetResource.ReadAsync(ServiceSid, client: Official));
    }
}
