using System.Text.RegularExpressions;
using NJsonSchema;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Tests;

/// <summary>
/// docs/serverless-assets.schema.json accepts what the reader of config files accepts. Its keys are compared in
/// <see cref="SettingTableTests"/>.
/// </summary>
public sealed partial class ConfigSchemaTests
{
    [Fact]
    public async Task The_examples_of_the_documentation_are_valid_and_can_be_read()
    {
        var examples = Example()
            .Matches(File.ReadAllText(Repository.PathOf("docs/cli.md")))
            .Select(match => match.Groups[1].Value)
            .ToList();
        Assert.Equal(2, examples.Count);
        using var folder = new TempFolder();
        foreach (var example in examples)
        {
            var plain = TrailingComma().Replace(Comment().Replace(example, ""), "$1");
            Assert.Empty((await SchemaAsync()).Validate(plain));
            Assert.Equal(
                "my-site",
                ConfigFileReader.Read(folder.Write("c.json", example), folder.Path).Values[SettingTable.ServiceName]
            );
        }
    }

    [Theory]
    [InlineData("""{ "servicName": "x" }""")]
    [InlineData("""{ "apiSecret": "x" }""")]
    [InlineData("""{ "timeout": "1" }""")]
    [InlineData("""{ "olderThan": "2w" }""")]
    [InlineData("""{ "olderThan": 1.5 }""")]
    [InlineData("""{ "olderThan": true }""")]
    [InlineData("""{ "folders": [{}] }""")]
    [InlineData("""{ "visibility": "secret" }""")]
    [InlineData("""{ "patterns": "x" }""")]
    [InlineData("""{ "patterns": ["x;y"] }""")]
    [InlineData("""{ "patterns": ["x;"] }""")]
    [InlineData("""{ "noWarn": ["SAB2O16"] }""")]
    [InlineData("""{ "folders": [""] }""")]
    [InlineData("""{ "folders": [{ "folder": "" }] }""")]
    [InlineData("""{ "files": [""] }""")]
    [InlineData("""{ "files": [{ "file": "" }] }""")]
    public async Task A_configuration_that_the_reader_rejects_is_invalid_in_the_schema(string json)
    {
        using var folder = new TempFolder();
        Assert.NotEmpty((await SchemaAsync()).Validate(json));
        Assert.Throws<AssetException>(() => ConfigFileReader.Read(folder.Write("c.json", json), folder.Path));
    }

    [Theory]
    [InlineData("""{ "olderThan": 14 }""", "14")]
    [InlineData("""{ "olderThan": "14d" }""", "14d")]
    [InlineData("""{ "olderThan": "36h" }""", "36h")]
    public async Task An_age_is_a_number_of_days_or_a_string(string json, string expected)
    {
        using var folder = new TempFolder();
        Assert.Empty((await SchemaAsync()).Validate(json));
        Assert.Equal(
            expected,
            ConfigFileReader.Read(folder.Write("c.json", json), folder.Path).Values[SettingTable.PruneOlderThan]
        );
    }

    private static Task<JsonSchema> SchemaAsync() =>
        JsonSchema.FromFileAsync(Repository.PathOf("docs/serverless-assets.schema.json"), Workbench.Token);

    [GeneratedRegex(@"```json\r?\n(.*?)```", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"//(?= of ).*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@",(\s*[}\]])", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingComma();
}
