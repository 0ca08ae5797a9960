using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.Client;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Tests.State.Site;

/// <summary>The format of the state file. Its content comes from whoever can deploy.</summary>
public sealed class SiteStateFileTests
{
    private static readonly SiteStateFile Sample = SiteStateFile.Create(
        new SiteDeployment(DateTimeOffset.UnixEpoch, "c0ffee", "main", "https://ci.example/1")
    ) with
    {
        Earlier = [new EarlierDeployment(TestSid.Create("ZB", 1), DateTimeOffset.UnixEpoch, "decaf", "main")],
        Assets =
        [
            new SiteAsset(
                AssetPath.Parse("/a.txt"),
                TestSid.Create("ZN", 1),
                TestSid.Create("ZH", 1),
                3,
                new string('a', 64),
                "text/plain",
                "Site.csproj",
                LeftAt: null
            ),
        ],
        HiddenAssets = [new HiddenAsset(new string('1', 64), new string('2', 64), null, DateTimeOffset.UnixEpoch)],
    };

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        var content = Sample.Serialize();

        var read = SiteStateFile.Parse(content, SiteStateFile.GetPath(content));

        Assert.Equal(content, read.Serialize());
        Assert.True(read.HasSameAssets(Sample));
    }

    [Fact]
    public void Equal_states_have_different_paths()
    {
        var paths = Enumerable
            .Range(0, 3)
            .Select(_ => SiteStateFile.GetPath(SiteStateFile.Create(Sample.Deployment).Serialize()))
            .ToList();

        Assert.Equal(3, paths.Distinct().Count());
        Assert.All(paths, path => Assert.True(IsState(path, Visibility.Public)));
    }

    [Theory]
    [InlineData("/serverless-assets/state/0.json", Visibility.Public, false)]
    [InlineData("/serverless-assets/state/{0}.json", Visibility.Public, true)]
    [InlineData("/serverless-assets/state/{0}.json", Visibility.Private, false)]
    [InlineData("/serverless-assets/state/{0}.json\n", Visibility.Public, false)]
    [InlineData("/x/serverless-assets/state/{0}.json", Visibility.Public, false)]
    [InlineData("/serverless-assets/state/{0}.txt", Visibility.Public, false)]
    public void Only_such_a_public_path_is_a_state_file(string path, Visibility visibility, bool expected) =>
        Assert.Equal(expected, IsState(string.Format(null, path, new string('f', 64)), visibility));

    [Fact]
    public void Content_that_is_not_that_of_its_path_is_rejected()
    {
        var content = Sample.Serialize();
        var path = SiteStateFile.GetPath(content);
        content[^2] ^= 1;

        var failure = Assert.Throws<FormatException>(() => SiteStateFile.Parse(content, path));

        Assert.Equal("its content does not match the hash in its path", failure.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("\uFEFF{}")]
    public void What_is_not_a_state_file_is_rejected(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        Assert.Throws<FormatException>(() => SiteStateFile.Parse(bytes, SiteStateFile.GetPath(bytes)));
    }

    public static TheoryData<string, string?> WrongValues =>
        new()
        {
            { "version", "2" },
            { "version", null },
            { "random", "null" },
            { "deployment", "null" },
            { "earlier", "null" },
            { "earlier", "[null]" },
            { "earlier", """[{ "build": "ZB1", "time": "2026-01-01T00:00:00Z" }]""" },
            { "assets", "[null]" },
            { "assets", """[{ "path": "/a" }]""" },
            { "assets", AssetWith("path", "\"a\"") },
            { "assets", AssetWith("path", "\"/../a\"") },
            { "assets", AssetWith("assetVersionSid", "\"ZH00000000000000000000000000000001\"") },
            { "assets", AssetWith("assetSid", "\"ZN00000000000000000000000000000001\"") },
            { "assets", AssetWith("sha256", "null") },
            { "assets", AssetWith("leftAt", "\"yesterday\"") },
            { "hiddenAssets", """[{ "id": null, "content": "x" }]""" },
            { "hiddenAssets", "{}" },
        };

    [Theory]
    [MemberData(nameof(WrongValues))]
    public void A_wrong_value_is_rejected(string name, string? value)
    {
        var json = JsonNode.Parse(Sample.Serialize())!.AsObject();
        json.Remove(name);
        if (value is not null)
        {
            json[name] = JsonNode.Parse(value);
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(json);
        Assert.Throws<FormatException>(() => SiteStateFile.Parse(bytes, SiteStateFile.GetPath(bytes)));
    }

    [Fact]
    public void A_later_version_may_add_fields()
    {
        var json = JsonNode.Parse(Sample.Serialize())!;
        json["new"] = "field";
        json["assets"]![0]!["new"] = 1;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(json);

        Assert.True(SiteStateFile.Parse(bytes, SiteStateFile.GetPath(bytes)).HasSameAssets(Sample));
    }

    [Fact]
    public void It_lists_a_limited_number_of_earlier_deployments()
    {
        var file = Sample;
        for (var i = 2; i < 50; i++)
        {
            file = file with { Earlier = file.GetEarlier(TestSid.Create("ZB", i)) };
        }

        Assert.Equal(20, file.Earlier.Count);
        Assert.Equal(TestSid.Create("ZB", 49), file.Earlier[0].Build);
    }

    private static string AssetWith(string name, string value)
    {
        var asset = JsonNode.Parse(Sample.Serialize())!["assets"]![0]!.AsObject();
        asset[name] = JsonNode.Parse(value);
        return $"[{asset.ToJsonString()}]";
    }

    private static bool IsState(string path, Visibility visibility) =>
        SiteStateFile.IsStateFile(
            new AssetVersionResource
            {
                Sid = TestSid.Create("ZN", 1),
                Path = path,
                Visibility = visibility,
            }
        );
}
