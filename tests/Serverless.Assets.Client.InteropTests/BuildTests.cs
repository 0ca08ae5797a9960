using Serverless.Assets.Emulator;

namespace Serverless.Assets.Client.InteropTests;

public sealed class BuildTests : InteropTest
{
    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task A_Build_of_one_library_is_fetched_and_listed_by_the_other(Library creator)
    {
        var versions = new[]
        {
            (await UploadAsync("/a.png", [1])).Sid,
            (await UploadAsync("/b.png", [2], Visibility.Private)).Sid,
        };
        var function = await Api.AddAsync(ServiceSid, "/call", "code", collection: "Functions");

        object created =
            creator == Library.Official
                ? await V1.Service.BuildResource.CreateAsync(
                    ServiceSid,
                    [.. versions.Select(sid => sid.ToString())],
                    [function],
                    """[{"name":"lodash","version":"4.17.21"}]""",
                    "node20",
                    Official
                )
                : await Ours.Builds.CreateAsync(
                    ServiceSid,
                    new BuildContents
                    {
                        AssetVersions = versions,
                        FunctionVersions = [Sid.Parse(function, SidKind.Version)],
                        Dependencies = [new DependencyResource { Name = "lodash", Version = "4.17.21" }],
                        Runtime = "node20",
                    },
                    Token
                );

        var ours = await Ours.Builds.ListAsync(ServiceSid, cancellationToken: Token).SingleAsync(Token);
        Assert.Equal((2, 1, "node20"), (ours.AssetVersions!.Count, ours.FunctionVersions!.Count, ours.Runtime));
        Assert.Contains(ours.Dependencies!, dependency => dependency.Name == "lodash");
        FieldAssert.Same<BuildResource>(
            created,
            ours,
            await Ours.Builds.FetchAsync(ServiceSid, ours.Sid, Token),
            await V1.Service.BuildResource.FetchAsync(ServiceSid, ours.Sid, Official),
            Assert.Single(await V1.Service.BuildResource.ReadAsync(ServiceSid, client: Official))
        );
    }

    [Theory]
    [InlineData(false, BuildStatus.Completed)]
    [InlineData(true, BuildStatus.Failed)]
    public async Task Both_libraries_see_the_same_status(bool fails, BuildStatus end)
    {
        Emulator.Faults = new EmulatorFaults { BuildSeconds = 10, FailBuilds = fails };
        var build = await CreateBuildAsync();

        await AssertStatusAsync(build.Sid, BuildStatus.Building);
        Emulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await AssertStatusAsync(build.Sid, end);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task The_other_library_does_not_find_a_deleted_Build(Library library)
    {
        var build = await CreateBuildAsync();
        var kept = await CreateBuildAsync("/b.png");

        if (library == Library.Official)
        {
            Assert.True(await V1.Service.BuildResource.DeleteAsync(ServiceSid, build.Sid, Official));
        }
        else
        {
            await Ours.Builds.DeleteAsync(ServiceSid, build.Sid, Token);
        }

        Assert.Null(await Ours.Builds.FindAsync(ServiceSid, build.Sid, Token));
        FieldAssert.Same<BuildResource>(
            kept,
            Assert.Single(await V1.Service.BuildResource.ReadAsync(ServiceSid, client: Official)),
            await Ours.Builds.ListAsync(ServiceSid, cancellationToken: Token).SingleAsync(Token)
        );
    }

    [Fact]
    public async Task Waiting_ends_with_the_status_that_the_official_library_fetches()
    {
        var build = await CreateBuildAsync();

        FieldAssert.Same<BuildStatusResource>(
            await Ours.Builds.WaitAsync(ServiceSid, build.Sid, cancellationToken: Token),
            await V1.Service.Build.BuildStatusResource.FetchAsync(ServiceSid, build.Sid, Official)
        );
    }

    private async Task AssertStatusAsync(Sid build, BuildStatus expected)
    {
        var ours = await Ours.Builds.FetchStatusAsync(ServiceSid, build, Token);
        Assert.Equal(expected, ours.Status);
        FieldAssert.Same<BuildStatusResource>(
            ours,
            await V1.Service.Build.BuildStatusResource.FetchAsync(ServiceSid, build, Official)
        );
        FieldAssert.Same<BuildResource>(
            await Ours.Builds.FetchAsync(ServiceSid, build, Token),
            await V1.Service.BuildResource.FetchAsync(ServiceSid, build, Official)
        );
    }
}
