using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Services;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Services;

/// <summary>How rules divide the settings and the assets of a project.</summary>
public sealed class ServicePartTests : IDisposable
{
    private const string Sid = "ZS0123456789abcdef0123456789abcdef";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Without_rules_the_project_is_the_only_part()
    {
        var settings = TestSettings.Create(_temp);
        LocalAsset[] assets = [TestAsset.Create("/a.txt") with { Service = "other" }];

        var part = Assert.Single(ServiceParts.WithAssets(settings, assets));

        Assert.Equal((null, settings.ManifestPath), (part.Service, part.Settings.ManifestPath));
        Assert.Equal(assets, part.Assets);
    }

    [Fact]
    public void Each_part_has_its_Service_its_manifest_and_its_assets()
    {
        LocalAsset[] assets =
        [
            TestAsset.Create("/a.txt"),
            TestAsset.Create("/audio/a.mp3") with
            {
                Service = "audio",
            },
            TestAsset.Create("/video/a.mp4") with
            {
                Service = Sid,
            },
        ];

        var parts = ServiceParts.WithAssets(Rules($"/audio/=audio;/video/={Sid}"), assets);

        Assert.Equal(
            [
                $"default {TestSettings.ServiceSid}  serverless-assets.manifest.json",
                "audio  audio serverless-assets.manifest.audio.json",
                $"{Sid} {Sid}  serverless-assets.manifest.{Sid}.json",
            ],
            parts.Select(part =>
                $"{part.Service ?? "default"} {part.Settings.Get(SettingTable.ServiceSid)} "
                + $"{part.Settings.Get(SettingTable.ServiceName)} {Path.GetFileName(part.Settings.ManifestPath)}"
            )
        );
        Assert.Equal(assets, parts.Select(part => Assert.Single(part.Assets)));
        Assert.All(parts.Take(1), part => Assert.False(part.Settings.IsGiven(SettingTable.ServiceRules)));
    }

    [Fact]
    public void The_manifest_of_a_part_selects_it()
    {
        var path = _temp["elsewhere/serverless-assets.manifest.AUDIO.json"];
        var part = Assert.Single(
            ServiceParts.WithAssets(
                Rules("/audio/=audio;/video/=video").With(SettingTable.ManifestPath, path),
                [TestAsset.Create("/a.txt"), TestAsset.Create("/audio/a.mp3") with { Service = "audio" }]
            )
        );
        Assert.Equal(("audio", path), (part.Service, part.Settings.ManifestPath));
        Assert.Equal("/audio/a.mp3", Assert.Single(part.Assets).Path.Value);
    }

    [Fact]
    public void The_default_Service_exists_if_a_setting_names_it_or_it_has_a_manifest()
    {
        var named = Rules("/audio/=audio");
        var unnamed = named.With(SettingTable.ServiceSid, null);

        Assert.Equal([null, "audio"], Existing(named));
        Assert.Equal(["audio"], Existing(unnamed));
        _temp.Write("out/serverless-assets.manifest.json", "{}");
        Assert.Equal([null, "audio"], Existing(unnamed));
        Assert.Equal([null], Existing(unnamed.With(SettingTable.ServiceRules, null)));
    }

    [Fact]
    public void Rules_that_are_not_valid_are_an_error_and_have_no_manifests()
    {
        var settings = Rules("/audio/=not a Service");
        Assert.Throws<AssetException>(() => ServiceParts.WithAssets(settings, []));
        Assert.Equal([settings.ManifestPath], ServiceParts.GetManifestPaths(settings));
    }

    private static IEnumerable<string?> Existing(SettingValues settings) =>
        ServiceParts.Existing(settings, new PhysicalFileSystem()).Select(part => part.Service);

    private SettingValues Rules(string rules) => TestSettings.Create(_temp).With(SettingTable.ServiceRules, rules);
}
