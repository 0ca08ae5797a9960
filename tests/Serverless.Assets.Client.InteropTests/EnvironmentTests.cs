namespace Serverless.Assets.Client.InteropTests;

public sealed class EnvironmentTests : InteropTest
{
    [Theory]
    [InlineData(Library.Official, "Stage")]
    [InlineData(Library.Official, "")]
    [InlineData(Library.Ours, "Stage")]
    [InlineData(Library.Ours, "")]
    public async Task An_Environment_of_one_library_is_fetched_and_listed_by_the_other(Library creator, string suffix)
    {
        const string Name = "the stage";
        object created =
            creator == Library.Official
                ? await V1.Service.EnvironmentResource.CreateAsync(
                    ServiceSid,
                    Name,
                    suffix.Length == 0 ? null : suffix,
                    Official
                )
                : await Ours.Environments.CreateAsync(ServiceSid, Name, suffix, Token);

        var ours = (await Ours.Environments.FindAsync(ServiceSid, Name, Token))!;
        Assert.Null(ours.BuildSid);
        FieldAssert.Same<EnvironmentResource>(
            created,
            ours,
            await Ours.Environments.FetchAsync(ServiceSid, ours.Sid, Token),
            await V1.Service.EnvironmentResource.FetchAsync(ServiceSid, ours.Sid, Official)
        );
        FieldAssert.SameList<EnvironmentResource>(
            await Ours.Environments.ListAllAsync(ServiceSid, Token),
            await V1.Service.EnvironmentResource.ReadAsync(ServiceSid, client: Official)
        );
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task The_other_library_does_not_list_a_deleted_Environment(Library library)
    {
        if (library == Library.Official)
        {
            Assert.True(await V1.Service.EnvironmentResource.DeleteAsync(ServiceSid, EnvironmentSid, Official));
        }
        else
        {
            await Ours.Environments.DeleteAsync(ServiceSid, Sid.Parse(EnvironmentSid), Token);
        }

        Assert.Null(await Ours.Environments.FindAsync(ServiceSid, EnvironmentName, Token));
        Assert.Empty(await Ours.Environments.ListAllAsync(ServiceSid, Token));
        Assert.Empty(await V1.Service.EnvironmentResource.ReadAsync(ServiceSid, client: Official));
    }

    [Fact]
    public async Task What_the_official_library_created_is_found_and_not_created_again()
    {
        var created = await V1.Service.EnvironmentResource.CreateAsync(ServiceSid, "stage", "stage", Official);

        FieldAssert.Same<EnvironmentResource>(
            created,
            await Ours.Environments.FindOrCreateAsync(ServiceSid, "stage", "stage", Token)
        );
        Assert.Equal(2, (await V1.Service.EnvironmentResource.ReadAsync(ServiceSid, client: Official)).Count());
    }
}
