using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Manifest;

public sealed class ManifestFileTests : ManifestTest
{
    [Fact]
    public void A_manifest_has_exactly_these_bytes()
    {
        Assert.True(At().Write(Manifest(new ManifestSource(null, "größe/<&>'", null), Css, Json)));
        var expected = $$"""
            {
              "version": 1,
              "generator": "Serverless.Assets.Build/{{ProductVersion.Number}}",
              "serviceSid": "ZS11111111111111111111111111111111",
              "accountSid": "AC22222222222222222222222222222222",
              "source": {
                "commit": null,
                "branch": "größe/<&>'",
                "run": null
              },
              "assets": [
                {
                  "path": "/Names.json",
                  "visibility": "private",
                  "assetVersionSid": "ZNbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                  "assetSid": "ZHbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                  "file": "assets/Names.json",
                  "contentType": "application/json",
                  "size": 7,
                  "sha256": "{{new string('b', 64)}}",
                  "integrity": "sha384-{{new string('b', 64)}}"
                },
                {
                  "path": "/css/site.css",
                  "visibility": "public",
                  "assetVersionSid": "ZNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                  "assetSid": "ZHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                  "file": "assets/css/site.css",
                  "contentType": "text/css; charset=utf-8",
                  "size": 5120,
                  "sha256": "{{new string('a', 64)}}",
                  "integrity": "sha384-{{new string('a', 64)}}"
                }
              ],
              "assetVersions": [
                "ZNbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                "ZNaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
              ]
            }

            """.ReplaceLineEndings("\n");
        Assert.Equal(Encoding.UTF8.GetBytes(expected), File.ReadAllBytes(ManifestPath));
        Assert.Equal(["out/manifest.json"], Temp.Files());
    }

    [Fact]
    public void A_manifest_with_the_same_content_is_not_rewritten()
    {
        At().Write(Manifest(Css, Json));
        var before = Age(ManifestPath);
        var other = Manifest(new ManifestSource("another", null, null), Json, Css) with
        {
            Generator = "Serverless.Assets.Build/9.9.9",
        };
        Assert.False(At().Write(other));
        Assert.Equal(before, Snapshot(ManifestPath));
        Assert.Empty(Logger.Warnings);
    }

    [Theory]
    [InlineData("Site.csproj", "Docs.csproj", true)]
    [InlineData("Site.csproj", "Site.csproj", false)]
    [InlineData("Site.csproj", null, false)]
    [InlineData(null, "Docs.csproj", false)]
    public void A_manifest_of_another_project_is_reported(string? owner, string? project, bool isReported)
    {
        At().Write(Manifest(Css) with { Generator = AssetManifest.GetGenerator(owner) });

        Assert.Equal(isReported ? ["SAB5015"] : [], FindProblems(project));

        At().Withdraw();
        Assert.Equal(isReported ? ["SAB5015"] : [], FindProblems(project));

        File.WriteAllText(ManifestPath, "{}");
        Assert.Empty(FindProblems(project));

        IEnumerable<string> FindProblems(string? name)
        {
            var problems = new DiagnosticBag();
            At().CheckOwner(name, problems);
            return problems.Errors.Select(error => error.Code);
        }
    }

    [Fact]
    public void Any_other_content_is_written()
    {
        AssetManifest[] others =
        [
            Manifest(Css),
            Manifest(Css, Json, Uploaded("/x", Visibility.Public, 'c', 1)),
            Manifest(Css, Json with { AssetVersionSid = TestSid.From("ZN" + Digits('c')) }),
            Manifest(Css, Json with { Local = Json.Local with { Visibility = Visibility.Protected } }),
            Manifest(Css, Json with { Local = Json.Local with { ContentType = "text/plain" } }),
            Manifest(Css, Json) with
            {
                ServiceSid = TestSid.From("ZS" + Digits('c')),
            },
            Manifest(Css, Json) with
            {
                AccountSid = TestSid.From("AC" + Digits('c')),
            },
        ];
        Assert.All(
            others,
            other =>
            {
                At().Write(Manifest(Css, Json));
                Assert.True(At().Write(other));
                Assert.False(At().Write(other));
            }
        );
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void A_withdrawn_manifest_is_beside_its_place_and_is_replaced_by_the_next()
    {
        Assert.False(At().Withdraw());
        At().Write(Manifest(Css));
        var first = File.ReadAllBytes(ManifestPath);
        Assert.True(At().Withdraw());
        Assert.Equal(["out/manifest.json.previous"], Temp.Files());
        Assert.Equal(first, File.ReadAllBytes(PreviousPath));
        Assert.False(At().Withdraw());

        At().Write(Manifest(Json));
        Assert.True(At().Withdraw());
        Assert.NotEqual(first, File.ReadAllBytes(PreviousPath));
        Assert.Equal(["out/manifest.json.previous"], Temp.Files());
    }

    [Fact]
    public void When_the_assets_are_those_of_the_withdrawn_one_its_source_is_kept()
    {
        At().Write(Manifest(Css));
        var first = File.ReadAllBytes(ManifestPath);
        At().Withdraw();
        Assert.True(At().Write(Manifest(new ManifestSource("later", "other", null), Css)));
        Assert.Equal(first, File.ReadAllBytes(ManifestPath));

        At().Withdraw();
        At().Write(Manifest(new ManifestSource("later", "other", null), Json));
        Assert.Contains("\"commit\": \"later\"", File.ReadAllText(ManifestPath), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"version\": 2, \"something\": \"else\"}")]
    [InlineData("\0\0\0\0")]
    public void A_malformed_manifest_is_replaced_with_a_warning_and_backed_up(string content)
    {
        Temp.Write("out/manifest.json", content);
        Assert.True(At().Write(Manifest(Css)));
        DiagnosticAssert.SingleWarning(
            Logger.Warnings,
            "SAB5005",
            ManifestPath,
            $"'{ManifestPath}'",
            "not a manifest of version 1",
            $"'{PreviousPath}'"
        );
        Assert.Equal(content, File.ReadAllText(PreviousPath));
        Assert.False(At().Write(Manifest(Css)));
        Assert.Single(Logger.Warnings);
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "its version is 2")]
    [InlineData("\"visibility\": \"public\"", "\"visibility\": \"secret\"", "visibility")]
    [InlineData("\"path\": \"/css/site.css\"", "\"path\": null", "path")]
    [InlineData("\"assetVersions\": [", "\"assetVersions\": [ \"\\ud800\",", "UTF-16")]
    [InlineData("\"commit\": \"0123abc\",", "", "commit")]
    public void A_manifest_with_unexpected_content_is_replaced_with_the_reason(string text, string other, string reason)
    {
        At().Write(Manifest(Css));
        var json = File.ReadAllText(ManifestPath);
        Assert.Contains(text, json, StringComparison.Ordinal);
        File.WriteAllText(ManifestPath, json.Replace(text, other, StringComparison.Ordinal));
        Assert.True(At().Write(Manifest(Css)));
        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5005", ManifestPath, reason);
        Assert.Equal(json, File.ReadAllText(ManifestPath));
    }

    [Theory]
    [InlineData("assets")]
    [InlineData("source")]
    [InlineData("assetVersions")]
    public void One_in_which_a_part_is_null_is_replaced(string part)
    {
        At().Write(Manifest(Css));
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(ManifestPath))!;
        json[part] = null;
        File.WriteAllText(ManifestPath, json.ToJsonString());
        Assert.True(At().Write(Manifest(Css)));
        DiagnosticAssert.SingleWarning(Logger.Warnings, "SAB5005", ManifestPath, part);
    }

    [Fact]
    public void A_broken_previous_one_does_not_matter()
    {
        Temp.Write("out/manifest.json.previous", "{");
        Assert.True(At().Write(Manifest(Css)));
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void An_unreadable_previous_one_does_not_matter()
    {
        Temp.Write("out/manifest.json.previous");
        var files = new FaultyFiles { OnOpenRead = _ => throw new UnauthorizedAccessException("not yours") };
        Assert.True(At(files).Write(Manifest(Css)));
        Assert.Empty(Logger.Warnings);
    }

    [Fact]
    public void A_failed_write_or_move_is_an_error_that_names_the_manifest()
    {
        At().Write(Manifest(Css));
        var files = new FaultyFiles
        {
            BeforeWrite = _ => throw new IOException("No space left on device"),
            BeforeMove = _ => throw new UnauthorizedAccessException("not yours"),
        };
        var written = Assert.Throws<AssetException>(() => At(files).Write(Manifest(Json)));
        DiagnosticAssert.SingleError(
            written.Diagnostics,
            "SAB5004",
            ManifestPath,
            $"'{ManifestPath}'",
            "No space left on device",
            "ServerlessAssetsManifestPath"
        );
        var moved = Assert.Throws<AssetException>(() => At(files).Withdraw());
        DiagnosticAssert.SingleError(moved.Diagnostics, "SAB5004", ManifestPath, "not yours");
    }

    [Fact]
    public void A_write_that_fails_leaves_no_temporary_file()
    {
        Temp.Folder("out/manifest.json/in-the-way");
        var failure = Assert.Throws<AssetException>(() => At().Write(Manifest(Css)));
        DiagnosticAssert.SingleError(failure.Diagnostics, "SAB5004", ManifestPath);
        Assert.Empty(Temp.Files());
    }

    /// <summary>Makes the file an hour old, so that a later write would show.</summary>
    private static (DateTime, string) Age(string file)
    {
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddHours(-1));
        return Snapshot(file);
    }

    private static (DateTime, string) Snapshot(string file) =>
        (File.GetLastWriteTimeUtc(file), Convert.ToHexString(File.ReadAllBytes(file)));
}
