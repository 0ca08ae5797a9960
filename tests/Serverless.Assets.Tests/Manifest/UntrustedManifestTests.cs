using System.Text;
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

    [Fact]
    public void A_manifest_that_cannot_be_read_is_an_error_with_the_reason()
    {
        var path = _temp.Write("manifest.json", "{}");
        var files = new FaultyFiles { OnOpenRead = _ => throw new IOException("in use") };
        DiagnosticAssert.Same(
            Assert.Throws<AssetException>(() => ManifestReader.Read(path, files)).Diagnostics,
            StateDiagnostics.ManifestBroken(path, "in use")
        );
    }

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
            { "file", "\"a\\nb.txt\"" },
            { "file", "\"a\\rb.txt\"" },
            { "file", "\"a/\\r\\n::error::x/b.txt\"" },
            { "file", "\"a\\u001b[2Jb.txt\"" },
            { "file", "\"a\\u0085b.txt\"" },
            { "file", "\"a\\u2028b.txt\"" },
            { "file", "\"a\\u2029b.txt\"" },
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

    /// <summary>A version has one path and one content.</summary>
    [Fact]
    public void A_version_of_two_assets_is_an_error_that_names_the_file() =>
        Rejects(manifest =>
        {
            var other = manifest["assets"]![0]!.DeepClone();
            other["path"] = "/b.txt";
            other["assetSid"] = TestSid.Create("ZH", 2).ToString();
            manifest["assets"]!.AsArray().Add(other);
            manifest["assetVersions"]!.AsArray().Add(other["assetVersionSid"]!.DeepClone());
        });

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

    /// <summary>Other programs would use the first of two values, and a reviewer might see only one.</summary>
    [Theory]
    [InlineData("{\"version\"", "{\"version\":2,\"version\"")]
    [InlineData("\"path\":\"", "\"path\":\"/b.txt\",\"path\":\"")]
    [InlineData("\"assetVersions\"", "\"assetVersions\":[],\"assetVersions\"")]
    [InlineData("\"path\":\"", "\"pat\\u0068\":\"/b.txt\",\"path\":\"")]
    public void A_key_that_occurs_twice_is_an_error_that_names_the_file(string text, string other) =>
        Rejects(json => json.Replace(text, other, StringComparison.Ordinal));

    [Fact]
    public void Text_that_is_not_JSON_or_is_nested_too_deeply_is_an_error_that_names_the_file()
    {
        Rejects(json => json + json);
        Rejects(json => json + "x");
        Rejects(json => json[..^1]);
        Rejects(json => $"[{json}]");
        Rejects(json => $"{{\"deep\":{new string('[', 100_000)}{new string(']', 100_000)},{json[1..]}");
        Rejects(json =>
            json.Replace("\"version\":1", $"\"version\":1{new string('0', 1000)}", StringComparison.Ordinal)
        );
        Rejects(json => json.Replace("\"version\":1", "\"version\":1e0", StringComparison.Ordinal));
        Rejects(json => json.Replace("\"path\"", "\"Path\"", StringComparison.Ordinal));
        Rejects(_ => "");
        Rejects(_ => "\0\0\0\0");
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", false)]
    public void A_byte_order_mark_is_accepted_in_UTF8_only(string encoding, bool isAccepted)
    {
        var text = Encoding.GetEncoding(encoding);
        File.WriteAllText(_temp["m.json"], Read().ToJsonString(), text);

        var read = Record.Exception(() => ManifestReader.Read(_temp["m.json"], new PhysicalFileSystem()));

        Assert.Equal(isAccepted ? null : "SAB5007", (read as AssetException)?.Diagnostics[0].Code);
        Assert.Equal(isAccepted, read is null);
    }

    private void Rejects(Func<string, string> change)
    {
        var valid = Read().ToJsonString();
        var json = change(valid);
        Assert.NotEqual(valid, json);

        AssertRejected(json);
    }

    private void Rejects(Action<JsonObject> change)
    {
        var manifest = Read();
        change(manifest);

        AssertRejected(manifest.ToJsonString());
    }

    private void AssertRejected(string json)
    {
        var failure = Assert.Throws<AssetException>(() => Read(json));

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
