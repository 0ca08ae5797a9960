using Serverless.Assets.Emulator;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>Which unused Assets <c>prune</c> keeps because of their age: someone may be about to deploy them.</summary>
public sealed class PruneAgeTests : DeploymentTest
{
    /// <summary>Another pipeline uploads first and deploys later.</summary>
    [Theory]
    [InlineData(2, new string[0])]
    [InlineData(4, new[] { "/old.txt" })]
    public async Task Assets_uploaded_in_the_last_days_are_kept(int days, string[] deleted)
    {
        await UploadAndDeployAsync(("a.txt", "live"));
        await AddAssetAsync("/old.txt");
        Bench.Advance(TimeSpan.FromDays(days));
        await AddAssetAsync("/new.txt");

        var pruned = await PruneAsync(_ => true, olderThan: 3);

        Assert.Equal(deleted, pruned.Assets.Select(asset => asset.Name));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task The_age_of_an_Asset_does_not_depend_on_the_clock_of_this_machine(int days)
    {
        await UploadAndDeployAsync(("a.txt", "live"));
        await AddAssetAsync("/old.txt");
        Emulator.Faults = new EmulatorFaults { ClockShiftSeconds = TimeSpan.FromDays(days).TotalSeconds };
        await AddAssetAsync("/new.txt");

        var pruned = await PruneAsync(_ => true, olderThan: 3);

        // If the service's clock is ahead, /old.txt is old for it; otherwise, it is from the future.
        Assert.Equal(days > 0 ? ["/old.txt"] : [], pruned.Assets.Select(asset => asset.Name));
    }

    /// <summary>
    /// A deletion cannot be undone, so a date that neither this machine nor any Asset confirms does not make Assets old.
    /// </summary>
    [Theory]
    [InlineData(26_000)]
    [InlineData(4)]
    public async Task A_response_from_the_future_does_not_make_Assets_old(int days)
    {
        await UploadAndDeployAsync(("a.txt", "live"));
        await AddAssetAsync("/new.txt");
        Bench.HttpHandler = () => new FutureHandler(TimeSpan.FromDays(days));

        Assert.Empty((await PruneAsync(_ => true, olderThan: 3)).Assets);

        Bench.Advance(TimeSpan.FromDays(4));
        Assert.Equal(["/new.txt"], (await PruneAsync(_ => true, olderThan: 3)).Assets.Select(unused => unused.Name));
    }

    [Fact]
    public async Task An_old_Asset_with_a_new_version_is_kept()
    {
        await UploadAndDeployAsync(("a.txt", "live"));
        var asset = await AddAssetAsync("/old.txt");
        Bench.Advance(TimeSpan.FromDays(5));
        await AddVersionAsync(asset, "/old.txt");

        Assert.Empty((await PruneAsync(_ => true, olderThan: 3)).Assets);

        Bench.Advance(TimeSpan.FromDays(4));
        Assert.Equal(["/old.txt"], (await PruneAsync(_ => true, olderThan: 3)).Assets.Select(unused => unused.Name));
    }

    /// <summary>The user may take minutes to confirm.</summary>
    [Fact]
    public async Task An_Asset_that_someone_uploads_to_before_it_is_deleted_is_kept()
    {
        await UploadAndDeployAsync(("a.txt", "live"));
        var asset = await AddAssetAsync("/kept.txt");
        await AddAssetAsync("/old.txt");
        Bench.Advance(TimeSpan.FromDays(5));
        var shown = 0;
        RunBefore(
            HttpMethod.Get,
            "/Environments",
            number => number == 2 ? AddVersionAsync(asset, "/kept.txt") : Task.CompletedTask // after the confirmation
        );

        var pruned = await PruneAsync(
            unused =>
            {
                shown = unused.Assets.Count;
                return true;
            },
            olderThan: 3
        );

        Assert.Equal(2, shown);
        Assert.Equal((true, "/old.txt"), (pruned.IsDeleted, Assert.Single(pruned.Assets).Name));
        Assert.Equal(["/a.txt", "/kept.txt"], await GetAssetsAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_old_Asset_that_someone_else_deletes_first_counts_as_deleted(int beforeCheck)
    {
        await UploadAndDeployAsync(("a.txt", "live"));
        var asset = await AddAssetAsync("/old.txt");
        Bench.Advance(TimeSpan.FromDays(5));
        RunBefore(
            HttpMethod.Get,
            $"{asset}/Versions",
            number => number == beforeCheck ? Emulator.DeleteAsync($"{Service}/Assets/{asset}") : Task.CompletedTask
        );

        Assert.True((await PruneAsync(_ => true, olderThan: 3)).IsDeleted);

        Assert.Equal(["/a.txt"], await GetAssetsAsync());
    }

    /// <summary>Without a date, the age is unknown.</summary>
    [Theory]
    [InlineData("/Assets", "assets")]
    [InlineData("/Versions", "asset_versions")]
    public async Task An_Asset_of_unknown_age_is_kept(string pathEnd, string list)
    {
        await UploadAndDeployAsync(("a.txt", "live"));
        await AddAssetAsync("/old.txt");
        Bench.Advance(TimeSpan.FromDays(5));
        ChangeResponses(
            pathEnd,
            page =>
            {
                foreach (var item in page[list]!.AsArray())
                {
                    item!.AsObject().Remove("date_created");
                }
            }
        );

        Assert.Empty((await PruneAsync(_ => true, olderThan: 3)).Assets);
    }

    private Task<IReadOnlyList<string>> GetAssetsAsync() => Emulator.GetAssetNamesAsync(EngineWorkbench.ServiceName);

    private async Task<string> AddAssetAsync(string path)
    {
        var asset = await Emulator.Api.CreateAssetAsync(EngineWorkbench.ServiceName, path);
        await AddVersionAsync(asset, path);
        return asset;
    }

    private async Task AddVersionAsync(string asset, string path) =>
        (await Emulator.Api.UploadAsync(EngineWorkbench.ServiceName, asset, path, "public", [1])).Created();
}
