using System.Text.RegularExpressions;
using NJsonSchema;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Cli.Tests;

/// <summary>docs/serverless-assets.schema.json, what is read, and the options are one and the same.</summary>
public sealed partial class ConfigSchemaTests
{
    /// <summary>Options about one call, and those that say where the settings are.</summary>
    private static readonly string[] NoKeys =
    [
        "--project",
        "--config",
        "--build",
        "--from",
        "--yes",
        "--json",
        "--verbosity",
        "--quiet",
    ];

    [Fact]
    public void The_keys_are_the_options()
    {
        var options = CliApplication
            .CreateRoot(Workbench.NoConsole)
            .Subcommands.SelectMany(verb => verb.Options)
            .Where(option => !NoKeys.Contains(option.Name))
            .Select(OptionValues.KeyOf);

        Assert.Equal(
            options.Distinct().Concat(["$schema", "folders", "files"]).Order(StringComparer.Ordinal),
            ConfigKeys.OfFile.Select(key => key.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Each_key_has_the_type_of_its_option()
    {
        var options = CliApplication
            .CreateRoot(Workbench.NoConsole)
            .Subcommands.SelectMany(verb => verb.Options)
            .Where(option => !NoKeys.Contains(option.Name));

        Assert.All(
            options,
            option =>
                Assert.Equal(
                    option.ValueType,
                    ConfigKeys.OfFile.Single(key => key.Name == OptionValues.KeyOf(option)).Kind switch
                    {
                        ConfigKind.Flag => typeof(bool),
                        ConfigKind.Number => typeof(int),
                        ConfigKind.Texts => typeof(string[]),
                        _ => typeof(string),
                    }
                )
        );
    }

    [Fact]
    public async Task The_schema_has_the_same_keys_of_the_same_kinds()
    {
        var schema = await SchemaAsync();
        Assert.Equal(Describe(ConfigKeys.OfFile), Describe(schema));
        Assert.Equal(Describe(ConfigKeys.OfFolder), Describe(Entry(schema, "folders")));
        Assert.Equal(Describe(ConfigKeys.OfAssetFile), Describe(Entry(schema, "files")));
    }

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
            Assert.Equal("my-site", ConfigFileReader.Read(folder.Write("c.json", example)).Values["serviceName"]);
        }
    }

    [Theory]
    [InlineData("""{ "servicName": "x" }""")]
    [InlineData("""{ "apiSecret": "x" }""")]
    [InlineData("""{ "timeout": "1" }""")]
    [InlineData("""{ "folders": [{}] }""")]
    [InlineData("""{ "visibility": "secret" }""")]
    [InlineData("""{ "patterns": "x" }""")]
    public async Task What_is_refused_is_not_valid_either(string json)
    {
        using var folder = new TempFolder();
        Assert.NotEmpty((await SchemaAsync()).Validate(json));
        Assert.Throws<AssetException>(() => ConfigFileReader.Read(folder.Write("c.json", json)));
    }

    private static Task<JsonSchema> SchemaAsync() =>
        JsonSchema.FromFileAsync(Repository.PathOf("docs/serverless-assets.schema.json"), Workbench.Token);

    private static JsonSchema Entry(JsonSchema schema, string key) =>
        schema.Properties[key].Item!.AnyOf.Single(form => form.Type == JsonObjectType.Object);

    private static IEnumerable<string> Describe(IEnumerable<ConfigKey> keys) =>
        keys.Select(key =>
                $"{key.Name} {key.Kind switch
        {
            ConfigKind.Flag => "Boolean",
            ConfigKind.Number => "Integer",
            ConfigKind.Texts or ConfigKind.Folders or ConfigKind.Files => "Array",
            _ => "String",
        }} {string.Join('|', key.Words)}"
            )
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Describe(JsonSchema schema) =>
        schema
            .Properties.Values.Select(property =>
                $"{property.Name} {property.Type} {string.Join('|', property.Enumeration)}"
            )
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"```json\r?\n(.*?)```", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"//(?= of ).*", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@",(\s*[}\]])", RegexOptions.CultureInvariant)]
    private static partial Regex TrailingComma();
}
