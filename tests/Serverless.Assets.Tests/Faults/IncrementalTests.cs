using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests.Faults;

/// <summary>Counts what a run sends that has little or nothing to do, and what it trusts.</summary>
public sealed class IncrementalTests
{
    [Fact]
    public async Task Nothing_changed_among_1000_files_takes_at_most_three_requests_and_leaves_the_manifest_alone()
    {
        await using var service = await StartAsync(1000);
        await service.UploadAsync();
        await service.AssertCompleteAsync(1000);
        var manifest = new FileInfo(service.Settings.ManifestPath);
        var (bytes, written) = (File.ReadAllBytes(manifest.FullName), manifest.LastWriteTimeUtc);
        await service.Emulator.ResetStatsAsync();

        var result = await service.UploadAsync();

        Assert.All(result.Assets, asset => Assert.Equal(AssetStatus.Unchanged, asset.Status));
        Assert.InRange((await service.Emulator.CountRequestsAsync()).Values.Sum(), 0, 3);
        manifest.Refresh();
        Assert.Equal(written, manifest.LastWriteTimeUtc);
        Assert.Equal(bytes, File.ReadAllBytes(manifest.FullName));
    }

    [Fact]
    public async Task One_changed_file_among_many_takes_at_most_eight_requests()
    {
        await using var service = await StartAsync(200);
        await service.UploadAsync();
        service.WriteFile(77, "changed");
        await service.Emulator.ResetStatsAsync();

        var result = await service.UploadAsync();

        Assert.Equal(
            ["/f/77.bin"],
            result.Assets.Where(asset => asset.Status == AssetStatus.Uploaded).Select(asset => asset.Local.Path.Value)
        );
        var requests = await service.Emulator.CountRequestsAsync();
        Assert.InRange(requests.Values.Sum(), 2, 8);
        Assert.Equal(1, requests["AssetVersion.Create"]);
        await service.AssertCompleteAsync(200);
    }

    [Fact]
    public async Task The_same_content_at_two_paths_is_two_Assets()
    {
        await using var service = await StartAsync(0);
        service.WriteFile(1, "same");
        service.WriteFile(2, "same");

        var result = await service.UploadAsync();

        Assert.Equal(2, result.Assets.Select(asset => asset.AssetVersionSid).Distinct().Count());
        await service.AssertCompleteAsync(2);
    }

    [Fact]
    public async Task A_file_that_reverts_to_earlier_content_is_not_uploaded_again()
    {
        await using var service = await StartAsync(3);
        var first = await service.UploadAsync();
        var content = File.ReadAllText(service.PathOf("assets/f/1.bin"));
        service.WriteFile(1, "changed");
        await service.UploadAsync();
        service.WriteFile(1, content);
        await service.Emulator.ResetStatsAsync();

        var last = await service.UploadAsync();

        Assert.Equal(
            first.Assets.Select(asset => asset.AssetVersionSid),
            last.Assets.Select(asset => asset.AssetVersionSid)
        );
        Assert.DoesNotContain("AssetVersion.Create", (await service.Emulator.CountRequestsAsync()).Keys);
        await service.AssertCompleteAsync(3);
    }

    [Theory]
    [InlineData(-300)]
    [InlineData(300)]
    public async Task What_an_upload_records_does_not_depend_on_the_clock_of_this_machine(int days)
    {
        await using var service = await StartAsync(3);
        var wrong = TimeSpan.FromDays(days).TotalSeconds;
        service.Emulator.Faults = new EmulatorFaults { ClockShiftSeconds = wrong };
        await service.UploadAsync();

        service.Emulator.Faults = new EmulatorFaults { ClockShiftSeconds = wrong + TimeSpan.FromDays(5).TotalSeconds };
        var soon = await service.UploadAsync();
        service.Emulator.Faults = new EmulatorFaults { ClockShiftSeconds = wrong + TimeSpan.FromDays(8).TotalSeconds };
        var late = await service.UploadAsync();

        Assert.All(soon.Assets, asset => Assert.Equal(AssetStatus.Unchanged, asset.Status));
        Assert.All(late.Assets, asset => Assert.Equal(AssetStatus.Uploaded, asset.Status));
    }

    [Fact]
    public async Task After_the_retention_what_is_live_is_trusted_and_exactly_the_rest_is_uploaded_again()
    {
        await using var service = await StartAsync(10);
        service.SkipWaits();
        var first = await service.UploadAsync();
        var live = first.Assets.Take(6).Select(asset => asset.AssetVersionSid.ToString()).ToList();
        await DeployAsync(service, live);

        service.Advance(TimeSpan.FromDays(8));
        service.Emulator.Faults = new EmulatorFaults { ClockShiftSeconds = TimeSpan.FromDays(8).TotalSeconds };
        await service.Emulator.ResetStatsAsync();
        var second = await service.UploadAsync();

        Assert.Equal(
            live,
            second
                .Assets.Where(asset => asset.Status == AssetStatus.Unchanged)
                .Select(asset => asset.AssetVersionSid.ToString())
        );
        var requests = await service.Emulator.CountRequestsAsync();

        // The service deleted the four empty Assets too: their first uploads are answered 404.
        Assert.Equal(
            (1, 1, 4, 8),
            (
                requests["Environment.List"],
                requests["Build.Fetch"],
                requests["Asset.Create"],
                requests["AssetVersion.Create"]
            )
        );

        // What was seen live counts as fresh again: no more questions.
        await service.Emulator.ResetStatsAsync();
        var third = await service.UploadAsync();
        Assert.All(third.Assets, asset => Assert.Equal(AssetStatus.Unchanged, asset.Status));
        Assert.Equal(["Service.Fetch"], (await service.Emulator.CountRequestsAsync()).Keys);
    }

    [Fact]
    public async Task A_deleted_Asset_is_created_again_for_the_next_change()
    {
        await using var service = await StartAsync(3);
        var first = await service.UploadAsync();
        await service.Emulator.DeleteAsync(
            $"/v1/Services/{EngineWorkbench.ServiceName}/Assets/{first.Assets[1].AssetSid}"
        );
        service.WriteFile(1, "changed");

        await service.UploadAsync();

        await service.AssertCompleteAsync(3);
    }

    [Fact]
    public async Task Two_Services_keep_their_memories_apart_in_one_state_folder_even_at_once()
    {
        await using var one = await StartAsync(40);
        await using var two = await StartAsync(40);
        two.Settings = two.Settings.With(SettingTable.StatePath, one.Settings.StatePath);

        await Task.WhenAll(one.UploadAsync(), two.UploadAsync());
        await one.AssertCompleteAsync(40);
        await two.AssertCompleteAsync(40);
        await one.Emulator.ResetStatsAsync();
        await two.Emulator.ResetStatsAsync();
        await Task.WhenAll(one.UploadAsync(), two.UploadAsync());

        Assert.Equal(["Service.Fetch"], (await one.Emulator.CountRequestsAsync()).Keys);
        Assert.Equal(["Service.Fetch"], (await two.Emulator.CountRequestsAsync()).Keys);
    }

    private static async Task<EngineWorkbench> StartAsync(int files)
    {
        var service = await EngineWorkbench.StartAsync();
        service.WriteFiles(files);
        return service;
    }

    private static async Task DeployAsync(EngineWorkbench service, IEnumerable<string> versions)
    {
        var root = $"/v1/Services/{EngineWorkbench.ServiceName}";
        var build = await service.Emulator.PostAsync(
            $"{root}/Builds",
            [.. versions.Select(sid => ("AssetVersions", sid))]
        );
        var environment = await service.Emulator.PostAsync(
            $"{root}/Environments",
            ("UniqueName", "dev"),
            ("DomainSuffix", "dev")
        );
        await service.Emulator.PostAsync(
            $"{root}/Environments/{environment.Sid()}/Deployments",
            ("BuildSid", build.Sid())
        );
    }
}
