using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Services;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Settings;

public sealed class ServiceRulesReaderTests
{
    private static readonly string Sid = TestSid.Create("ZS", 7).ToString();

    private readonly DiagnosticBag _problems = [];

    private static SettingValues Settings { get; } =
        new SettingValues(new ProjectContext("/site"))
            .With(SettingTable.ServiceName, "site")
            .With(SettingTable.ManifestPath, "/site/out/m.json");

    [Theory]
    [InlineData("/audio=my-audio")]
    [InlineData("/audio/=my-audio")]
    [InlineData(" /audio/ = my-audio ; ")]
    [InlineData("\n/audio/=my-audio\r\n")]
    public void A_rule_is_a_folder_and_a_Service(string text) =>
        Assert.Equal([new ServiceRule("/audio/", "my-audio")], Read(text).All);

    [Fact]
    public void A_Service_can_be_named_by_its_SID_and_a_folder_can_contain_an_equals_sign() =>
        Assert.Equal([new ServiceRule("/a=b/", Sid), new ServiceRule("/", "rest")], Read($"/a=b={Sid};/=rest").All);

    [Theory]
    [InlineData("site", null)]
    [InlineData("other", "other")]
    public void A_rule_can_name_the_default_Service(string service, string? expected) =>
        Assert.Equal([new ServiceRule("/a/", expected)], Read($"/a/={service}").All);

    [Fact]
    public void The_default_Service_has_its_SID_besides_its_name_after_the_upload() =>
        Assert.Equal(
            [new ServiceRule("/a/", Service: null), new ServiceRule("/b/", Service: null)],
            ServiceRulesReader
                .Read(
                    Settings.With(SettingTable.ServiceSid, Sid).With(SettingTable.ServiceRules, $"/a/=site;/b/={Sid}"),
                    _problems
                )
                .All
        );

    [Fact]
    public void The_default_Service_of_an_emulator_has_the_name_of_the_project() =>
        Assert.Equal(
            [new ServiceRule("/a/", Service: null)],
            ServiceRulesReader
                .Read(
                    new SettingValues(new ProjectContext("/my-site"))
                        .With(SettingTable.Emulator, true)
                        .With(SettingTable.ServiceRules, "/a/=my-site"),
                    _problems
                )
                .All
        );

    [Fact]
    public void All_problems_are_reported_together()
    {
        var rules = ServiceRulesReader.Read(
            Settings.With(
                SettingTable.ServiceRules,
                "audio;audio/=a;/a b/=a;/a//b/=a;/../=a;/ok/=ok;/b/=my_audio;/c/=;/ok=other;/OK/=other;/d/=OK;/e/=Site"
            ),
            _problems
        );

        Assert.Equal([new ServiceRule("/ok/", "ok")], rules.All);
        Assert.Equal(
            [
                "SAB1045: The rule 'audio' in ServerlessAssetsServiceRules is not valid: it has no equals sign",
                "SAB1045: The rule 'audio/=a' in ServerlessAssetsServiceRules is not valid: its folder is not an absolute path on the site",
                "SAB1045: The rule '/a b/=a' in ServerlessAssetsServiceRules is not valid: its folder is not an absolute path on the site",
                "SAB1045: The rule '/a//b/=a' in ServerlessAssetsServiceRules is not valid: its folder is not an absolute path on the site",
                "SAB1045: The rule '/../=a' in ServerlessAssetsServiceRules is not valid: its folder is not an absolute path on the site",
                "SAB1045: The rule '/b/=my_audio' in ServerlessAssetsServiceRules is not valid: its Service is neither a unique name nor a SID",
                "SAB1045: The rule '/c/=' in ServerlessAssetsServiceRules is not valid: its Service is neither a unique name nor a SID",
                "SAB1046: The rules '/ok=other' and '/ok/=ok' in ServerlessAssetsServiceRules are for the same folder, or for folders that differ only in letter case",
                "SAB1046: The rules '/OK/=other' and '/ok/=ok' in ServerlessAssetsServiceRules are for the same folder, or for folders that differ only in letter case",
                "SAB1047: The Services 'OK' and 'ok' differ only in letter case, so their manifests would have the same name on some systems",
                "SAB1047: The Services 'Site' and 'site' differ only in letter case, so their manifests would have the same name on some systems",
            ],
            _problems.Select(problem => $"{problem.Code}: {problem.Message.Split(". ")[0]}")
        );
        Assert.EndsWith(
            "Expected the path of a folder and a Service, such as /audio/=my-audio. A unique name has at most 50 letters, digits and dashes.",
            _problems[0].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Each_Service_has_a_part_with_its_settings_and_its_manifest()
    {
        var parts = ServiceParts.WithAssets(
            Settings.With(SettingTable.ServiceRules, $"/a/=audio;/b/={Sid};/c/=audio;/d/=site"),
            []
        );

        Assert.Equal(["site", "audio", Sid], parts.Select(part => part.Name));
        Assert.Equal([null, "audio", Sid], parts.Select(part => part.Service));
        Assert.Equal(
            [
                "/site/out/m.json",
                "/site/out/serverless-assets.manifest.audio.json",
                $"/site/out/serverless-assets.manifest.{Sid}.json",
            ],
            parts.Select(part => part.Settings.ManifestPath.Replace('\\', '/'))
        );
        Assert.Equal(
            [("site", ""), ("audio", ""), ("", Sid)],
            parts.Select(part =>
                (part.Settings.Get(SettingTable.ServiceName), part.Settings.Get(SettingTable.ServiceSid))
            )
        );
        Assert.All(parts, part => Assert.False(part.Settings.IsGiven(SettingTable.ServiceRules)));
    }

    [Fact]
    public void The_path_of_the_manifest_of_one_Service_selects_it()
    {
        var part = Assert.Single(
            ServiceParts.WithAssets(
                Settings
                    .With(SettingTable.ServiceRules, "/a/=audio;/b/=images")
                    .With(SettingTable.ManifestPath, "/site/out/serverless-assets.manifest.images.json"),
                []
            )
        );

        Assert.Equal("images", part.Name);
        Assert.Equal("/site/out/serverless-assets.manifest.images.json", part.Settings.ManifestPath.Replace('\\', '/'));
    }

    private ServiceRules Read(string text)
    {
        var rules = ServiceRulesReader.Read(Settings.With(SettingTable.ServiceRules, text), _problems);
        Assert.Empty(_problems);
        return rules;
    }
}
