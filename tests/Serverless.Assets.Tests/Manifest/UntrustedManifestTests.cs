using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Tests.Manifest;

/// <summary>A manifest comes from another job, and may have been damaged or edited on the way.</summary>
public sealed class UntrustedManifestTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string, string> Invalid =>
        new()
        {
            { "path", "\"//evil.example/x\"" },
            { "path", "\"/@evil.example/../x\"" },
            { "path", "\"@evil.example/x\"" },
            { "path", "\"\"" },
            { "path", "\"/a b\"" },
            { "path", "\"/a\\u0000\"" },
            { "path", "\"/a\\nb\"" },
            { "path", "\"/a?b\"" },
            { "path", "\"/%2e%2e/x\"" },
            { "path", "null" },
            { "path", "1" },
            { "file", "\"\"" },
            { "file", "\"a\\u0000.txt\"" },
            { "file", "null" },
            { "file", "[]" },
            { "visibility", "\"secret\"" },
            { "visibility", "7" },
            { "visibility", "0" },
            { "visibility", "null" },
            { "assetVersionSid", "\"ZN1\"" },
            { "assetVersionSid", "\"../../etc/passwd\"" },
            { "assetSid", "\"ZN00000000000000000000000000000001\"" },
            { "assetSid", "null" },
            { "assetSid", "5" },
            { "assetSid", "{}" },
            { "assetVersionSid", "[]" },
            { "contentType", "\"text\"" },
            { "contentType", "\"text/plain\\r\\nX-Injected: 1\"" },
            { "contentType", "null" },
            { "size", "-1" },
            { "size", "\"1\"" },
            { "size", "1.5" },
            { "size", "99999999999999999999" },
            { "sha256", "\"abc\"" },
            { "sha256", "\"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855\"" },
            { "sha256", "\"g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"" },
            { "integrity", "\"sha384-\"" },
            { "integrity", "\"sha384-AAAA\"" },
            { "integrity", "\"sha512-AAAA\"" },
        };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_value_of_an_asset_is_an_error_that_names_the_file(string key, string json) =>
        Rejects(manifest => manifest["assets"]![0]![key] = JsonNode.Parse(json));

    [Theory]
    [InlineData("assets", "[null]")]
    [InlineData("assets", "null")]
    [InlineData("assets", "{}")]
    [InlineData("assets", "[[]]")]
    [InlineData("assetVersions", "[null]")]
    [InlineData("assetVersions", "null")]
    [InlineData("serviceSid", "\"/x/y\"")]
    [InlineData("serviceSid", "null")]
    [InlineData("serviceSid", "5")]
    [InlineData("accountSid", "\"ZS00000000000000000000000000000001\"")]
    [InlineData("source", "null")]
    [InlineData("generator", "null")]
    [InlineData("version", "\"1\"")]
    [InlineData("version", "-1")]
    [InlineData("version", "null")]
    public void An_invalid_value_of_the_manifest_is_an_error_that_names_the_file(string key, string json) =>
        Rejects(manifest => manifest[key] = JsonNode.Parse(json));

    /// <summary>Valid JSON, but the escape sequences are not characters.</summary>
    [Theory]
    [InlineData("\"assetVersions\":[\"", "\"assetVersions\":[\"\\ud800")]
    [InlineData("\"path\":\"", "\"path\":\"\\ud800")]
    [InlineData("{\"version\"", "{\"\\ud800\":1,\"version\"")]
    public void A_half_of_a_surrogate_pair_is_an_error_that_names_the_file(string text, string other)
    {
        var json = Read().ToJsonString();
        Assert.Contains(text, json, StringComparison.Ordinal);
        var failure = Assert.Throws<AssetException>(() => Read(json.Replace(text, other, StringComparison.Ordinal)));
        Assert.Equal("SAB5007", Assert.Single(failure.Diagnostics).Code);
    }

    [Fact]
    public void Every_value_is_required()
    {
        foreach (var (key, _) in Read()["assets"]![0]!.AsObject())
        {
            Rejects(manifest => manifest["assets"]![0]!.AsObject().Remove(key));
        }

        foreach (var (key, _) in Read())
        {
            Rejects(manifest => manifest.Remove(key));
        }
    }

    [Fact]
    public void The_letter_case_of_SIDs_makes_no_difference()
    {
        const string Version = "ZNabcdefabcdefabcdefabcdefabcdefab";
        var manifest = Read();
        manifest["assets"]![0]!["assetVersionSid"] = Version;
        manifest["assetVersions"] = new JsonArray(Version.ToUpperInvariant());

        Assert.Equal(Version, Assert.Single(Read(manifest.ToJsonString()).AssetVersions));
    }

    [Fact]
    public void Unknown_keys_are_ignored()
    {
        var manifest = Read();
        manifest["new"] = "in a later minor version";

        Assert.Equal("/a.txt", Assert.Single(Read(manifest.ToJsonString()).Assets).Path);
    }

    private void Rejects(Action<JsonObject> change)
    {
        var manifest = Read();
        change(manifest);

        var failure = Assert.Throws<AssetException>(() => Read(manifest.ToJsonString()));

        var error = Assert.Single(failure.Diagnostics);
        Assert.Equal(("SAB5007", _temp["m.json"]), (error.Code, error.File));
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    private static JsonObject Read() =>
        JsonSerializer
            .SerializeToNode(
                TestManifest.Create(TestManifest.Asset("/a.txt", 1, 1)),
                ManifestJson.Format.AssetManifest
            )!
            .AsObject();

    private AssetManifest Read(string json) =>
        ManifestReader.Read(_temp.Write("m.json", json), new PhysicalFileSystem());
}
