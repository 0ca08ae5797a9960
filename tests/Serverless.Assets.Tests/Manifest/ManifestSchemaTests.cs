using System.Text.RegularExpressions;
using NJsonSchema;
using NJsonSchema.Validation;
using Serverless.Assets.Manifest;

namespace Serverless.Assets.Tests.Manifest;

/// <summary>docs/manifest.schema.json describes what is written, and nothing else.</summary>
public sealed class ManifestSchemaTests : ManifestTest
{
    [Fact]
    public async Task A_written_manifest_is_valid()
    {
        Assert.Empty(await ValidateAsync(Write(Source)));
        Assert.Empty(await ValidateAsync(Write(new ManifestSource(null, null, null))));
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "#/version")]
    [InlineData("\"version\": 1", "\"version\": \"1\"", "#/version")]
    [InlineData("\"serviceSid\": \"ZS", "\"serviceSid\": \"XX", "#/serviceSid")]
    [InlineData("\"accountSid\": \"AC2", "\"accountSid\": \"AC", "#/accountSid")]
    [InlineData("\"commit\": \"0123abc\"", "\"commit\": 7", "#/source.commit")]
    [InlineData("\"visibility\": \"public\"", "\"visibility\": \"Public\"", "#/assets[1].visibility")]
    [InlineData("\"path\": \"/css/site.css\"", "\"path\": \"css/site.css\"", "#/assets[1].path")]
    [InlineData("\"path\": \"/css/site.css\"", "\"path\": \"/css/our site.css\"", "#/assets[1].path")]
    [InlineData("\"size\": 5120", "\"size\": 0", "#/assets[1].size")]
    [InlineData("\"size\": 5120", "\"size\": 1.5", "#/assets[1].size")]
    [InlineData("\"integrity\": \"sha384-", "\"integrity\": \"sha256-", "#/assets[0].integrity,#/assets[1].integrity")]
    [InlineData("\"contentType\": \"application/json\"", "\"contentType\": \"json\"", "#/assets[0].contentType")]
    [InlineData("\"generator\": \"Serverless.Assets.Build/", "\"generator\": \"", "#/generator")]
    public async Task A_wrong_manifest_is_not(string text, string other, string paths)
    {
        var json = Write(Source);
        Assert.Contains(text, json, StringComparison.Ordinal);
        Assert.Equal(paths.Split(','), await ValidateAsync(json.Replace(text, other, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("version")]
    [InlineData("generator")]
    [InlineData("serviceSid")]
    [InlineData("accountSid")]
    [InlineData("source")]
    [InlineData("assets")]
    [InlineData("assetVersions")]
    [InlineData("source/commit")]
    [InlineData("assets/0/path")]
    [InlineData("assets/0/assetVersionSid")]
    [InlineData("assets/0/integrity")]
    public async Task One_without_a_part_is_not(string part)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(Write(Source))!;
        var owner = part.Split('/')[..^1]
            .Aggregate(json, (node, name) => int.TryParse(name, out var index) ? node[index]! : node[name]!);
        Assert.True(owner.AsObject().Remove(part.Split('/')[^1]));
        Assert.Single(await ValidateAsync(json.ToJsonString()));
    }

    private string Write(ManifestSource source)
    {
        File.Delete(Temp.Write("out/manifest.json"));
        At().Write(Manifest(source, Css, Json));
        return File.ReadAllText(ManifestPath);
    }

    /// <summary>The manifest that docs/manifest.md shows, with what it leaves out filled in.</summary>
    [Fact]
    public async Task The_example_of_the_documentation_is_one()
    {
        var page = (
            await File.ReadAllTextAsync(Repository.PathOf("docs/manifest.md"), TestContext.Current.CancellationToken)
        ).ReplaceLineEndings("\n");
        var shown = Regex.Match(page, "```json\n(?<json>.*?)```", RegexOptions.Singleline).Groups["json"].Value;
        var whole = Regex
            .Replace(shown, "\"(ZS|AC|ZN|ZH)…\"", "\"${1}" + new string('0', 32) + "\"")
            .Replace("\"sha256\": \"…\"", $"\"sha256\": \"{new string('0', 64)}\"", StringComparison.Ordinal)
            .Replace("sha384-…", $"sha384-{new string('A', 64)}", StringComparison.Ordinal);
        Assert.Empty(await ValidateAsync(whole));
    }

    private static async Task<IReadOnlyList<string>> ValidateAsync(string json)
    {
        var schema = await JsonSchema.FromFileAsync(
            Repository.PathOf("docs/manifest.schema.json"),
            TestContext.Current.CancellationToken
        );
        return
        [
            .. schema
                .Validate(json)
                .SelectMany(Innermost)
                .Select(error => error.Path ?? "")
                .Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<ValidationError> Innermost(ValidationError error) =>
        error is ChildSchemaValidationError child
            ? child.Errors.Values.SelectMany(errors => errors).SelectMany(Innermost)
            : [error];
}
