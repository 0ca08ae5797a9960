using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NJsonSchema;
using Serverless.Assets.Cli.Options;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Tests;

/// <summary>
/// The targets, the documentation and the JSON Schema of config files agree with <see cref="SettingTable"/>. The
/// options and the keys of config files are derived from it.
/// </summary>
public sealed partial class SettingTableTests
{
    /// <summary>Options that are not settings, as they are about a single call.</summary>
    private static readonly string[] OtherOptions = ["--project", "--config", "--json", "--verbosity", "--quiet"];

    private static readonly IReadOnlyList<XDocument> Targets =
    [
        .. Directory
            .GetFiles(Repository.PathOf("build"), "Serverless.Assets.Build.*")
            .Order(StringComparer.Ordinal)
            .Select(file => XDocument.Load(file)),
    ];

    private static readonly string PropertiesDocument = File.ReadAllText(Repository.PathOf("docs/properties.md"));

    private static IEnumerable<Setting> Properties => SettingTable.All.Where(setting => setting.Property is not null);

    private static IEnumerable<Setting> Options =>
        SettingTable.All.Where(setting => setting.Commands != SettingCommands.None);

    [Fact]
    public void Names_options_and_keys_are_unique_and_every_default_is_valid()
    {
        Assert.Equal(SettingTable.All, SettingTable.All.DistinctBy(setting => setting.Name));
        Assert.Equal(
            Options.Count() + Options.Sum(setting => setting.Aliases.Count),
            Options.SelectMany(setting => setting.Aliases.Prepend(setting.Option)).Distinct().Count()
        );
        Assert.Equal(ConfigKeys.General, ConfigKeys.General.DistinctBy(setting => setting.ConfigKey));
        Assert.All(SettingTable.All, setting => Assert.True(setting.IsValid(setting.DefaultText), setting.Name));
        Assert.All(
            SettingTable.All,
            setting => Assert.Matches(@"^([a-z]|[A-Z]{2}|Twilio|HTML|Markdown|Node|Strict|Keep).*[^.]$", setting.Help)
        );
    }

    [Fact]
    public void The_targets_pass_each_property_to_the_tasks_once()
    {
        var passed = Targets
            .SelectMany(project => project.Descendants("_ServerlessAssetsSetting"))
            .Where(item =>
                item.Ancestors("Target").Single().Attribute("Name")!.Value == "_ServerlessAssetsReadSettings"
            )
            .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Value")!.Value);

        Assert.Equal(Properties.Select(setting => setting.Name), passed.Keys);
        Assert.All(
            Properties.Except([SettingTable.ManifestPath, SettingTable.StatePath]), // private properties hold their full paths
            setting =>
                Assert.Contains(
                    setting is PathSetting
                        ? $"NormalizePath('$(MSBuildProjectDirectory)', '$({setting.Property})')"
                        : $"$({setting.Property})",
                    passed[setting.Name],
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>Later in the build, values are replaced; the generation of constants runs before all others.</summary>
    [Fact]
    public void All_other_values_in_the_targets_are_of_settings_too()
    {
        var names = Targets
            .SelectMany(project => project.Descendants())
            .Where(item => SettingItem().IsMatch(item.Name.LocalName))
            .SelectMany(item => (item.Attribute("Include") ?? item.Attribute("Remove"))!.Value.Split(';'));

        Assert.Empty(names.Except(Properties.Select(setting => setting.Name)));
    }

    /// <summary>A file that the package writes is no asset, for which there would be a constant.</summary>
    [Fact]
    public void The_generation_of_constants_knows_all_paths()
    {
        var passed = Targets
            .SelectMany(project => project.Descendants("_ServerlessAssetsConstantsSetting"))
            .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Value")!.Value);
        var settings = Targets
            .SelectMany(project => project.Descendants("_ServerlessAssetsSetting"))
            .Where(item => passed.ContainsKey(item.Attribute("Include")?.Value ?? ""))
            .ToDictionary(item => item.Attribute("Include")!.Value, item => item.Attribute("Value")!.Value);

        Assert.Empty(Properties.OfType<PathSetting>().Select(setting => setting.Name).Except(passed.Keys));
        Assert.Equal(settings, passed);
    }

    [Fact]
    public void Each_default_in_the_targets_is_that_of_the_table()
    {
        var defaults = Targets
            .SelectMany(project => project.Root!.Elements("PropertyGroup").Elements())
            .Where(property =>
                property.Attribute("Condition")?.Value == $"'$({property.Name.LocalName})' == ''"
                && Properties.Any(setting => setting.Property == property.Name.LocalName)
            )
            .Select(property => (property.Name.LocalName, property.Value))
            .ToList();

        Assert.NotEmpty(defaults);
        Assert.Equal(
            Properties
                .Where(setting => defaults.Any(known => known.LocalName == setting.Property))
                .Select(setting => (setting.Property!, setting.PropertyDefault))
                .Order(),
            defaults.Order()
        );
    }

    /// <summary>
    /// A property that a condition compares with a word is invalid with any other value, and needs a default.
    /// </summary>
    [Fact]
    public void Each_check_before_the_compiler_accepts_what_the_table_accepts()
    {
        var checks = Targets.SelectMany(project => project.Descendants("_ServerlessAssetsInvalid")).ToList();

        Assert.NotEmpty(checks);
        Assert.All(
            checks,
            check =>
            {
                var setting = Properties.Single(setting => setting.Property == check.Attribute("Include")!.Value);
                var condition = check.Attribute("Condition")!.Value;
                Assert.Equal($"$({setting.Property})", check.Attribute("Value")!.Value);
                Assert.Equal(setting.Expected, check.Attribute("Expected")!.Value);
                var words = ComparedWord().Matches(condition).Select(match => match.Groups["word"].Value);
                Assert.Equal(
                    setting is SwitchSetting ? ["true", "false"] : setting.Words,
                    words.Where(word => word.Length > 0)
                );
                Assert.Equal(setting is NumberSetting, condition.Contains("IsMatch", StringComparison.Ordinal));
            }
        );
        var compared = Targets
            .SelectMany(project => project.Descendants().Attributes("Condition"))
            .SelectMany(condition => ComparedProperty().Matches(condition.Value))
            .Select(match => match.Groups["property"].Value)
            .Distinct()
            .Intersect(Properties.Select(setting => setting.Property!));
        Assert.Empty(compared.Except(checks.Select(check => check.Attribute("Include")!.Value)));
    }

    [Fact]
    public void The_document_of_the_properties_has_all_of_them_with_their_defaults_and_types()
    {
        var rows = PropertyRow()
            .Matches(PropertiesDocument)
            .DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => match.Groups["name"].Value);
        var used = Targets
            .SelectMany(project => PropertyName().Matches(project.ToString()))
            .Select(match => match.Value);

        Assert.Equal(used.Distinct().Order(StringComparer.Ordinal), rows.Keys.Order(StringComparer.Ordinal));
        Assert.All(
            Properties.Where(setting => PropertyName().IsMatch(setting.Property!)),
            setting =>
            {
                var row = rows[setting.Property!];
                Assert.Equal(
                    (setting.Name, setting.PropertyDefault),
                    (setting.Name, row.Groups["default"].Value.Trim('`'))
                );
                Assert.StartsWith(DescribeType(setting), row.Groups["type"].Value, StringComparison.Ordinal);
            }
        );
        Assert.All(
            rows.Values.Where(row => row.Groups["default"].Value == "in the package"),
            row => Assert.EndsWith("Assembly", row.Groups["name"].Value, StringComparison.Ordinal)
        );
        Assert.All(
            PropertyName().Matches(PropertiesDocument),
            match => Assert.True(rows.ContainsKey(match.Value), match.Value)
        );
    }

    [Fact]
    public void The_document_of_the_command_line_has_all_settings()
    {
        var rows = OptionRows().ToDictionary(row => row.Names[0]);

        Assert.Equal(
            Options.Select(setting => setting.Option).Concat(OtherOptions).Order(StringComparer.Ordinal),
            rows.Keys.Order(StringComparer.Ordinal)
        );
        Assert.All(
            Options,
            setting =>
            {
                var row = rows[setting.Option];
                Assert.Equal(setting.Aliases.Prepend(setting.Option), row.Names);
                Assert.Equal(setting.IsMetadata ? setting.Name : setting.Property ?? "", row.Property);
                Assert.Equal((setting.Option, setting.Commands), (setting.Option, row.Commands));
                if (setting is SwitchSetting { Default: false })
                {
                    Assert.Equal("off", row.Default);
                }
                else if (setting.DefaultText.Length > 0)
                {
                    Assert.Equal($"`{setting.DefaultText}`", row.Default);
                }
                else
                {
                    Assert.DoesNotMatch("^`(?!TWILIO_)[^`]+`$", row.Default);
                }
            }
        );
    }

    /// <summary>Together with the previous test: the settings of a command, and its other options.</summary>
    [Theory]
    [InlineData("plan")]
    [InlineData("upload")]
    [InlineData("build")]
    [InlineData("deploy")]
    [InlineData("verify")]
    [InlineData("rollback")]
    [InlineData("promote")]
    [InlineData("list")]
    [InlineData("prune")]
    [InlineData("remove")]
    [InlineData("merge")]
    [InlineData("versions create")]
    [InlineData("versions get")]
    [InlineData("versions list")]
    public void The_document_of_the_command_line_has_all_options_of_a_command_and_no_others(string name)
    {
        var command = ParseCommands(name);

        Assert.Equal(
            Workbench
                .Commands[name]
                .Options.SelectMany(option => option.Aliases.Prepend(option.Name))
                .Order(StringComparer.Ordinal),
            OptionRows()
                .Where(row => row.Commands.HasFlag(command))
                .SelectMany(row => row.Names)
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_schema_of_config_files_has_the_same_keys()
    {
        var schema = await JsonSchema.FromFileAsync(
            Repository.PathOf("docs/serverless-assets.schema.json"),
            Workbench.Token
        );

        Assert.Equal(
            ConfigKeys
                .General.Select(Describe)
                .Concat(["$schema String ", "folders Array ", "files Array "])
                .Order(StringComparer.Ordinal),
            schema
                .Properties.Values.Select(property =>
                    ConfigKeys.General.Any(setting => setting.ConfigKey == property.Name)
                        ? Describe(property)
                        : $"{property.Name} {property.Type} "
                )
                .Order(StringComparer.Ordinal)
        );
        AssertEntry("folders", ConfigKeys.FolderKeys);
        AssertEntry("files", ConfigKeys.FileKeys);

        void AssertEntry(string key, IReadOnlyList<Setting> settings) =>
            Assert.Equal(
                settings.Select(Describe).Order(StringComparer.Ordinal),
                schema
                    .Properties[key]
                    .Item!.AnyOf.Single(form => form.Type == JsonObjectType.Object)
                    .Properties.Values.Select(Describe)
                    .Order(StringComparer.Ordinal)
            );
    }

    private static string DescribeType(Setting setting) =>
        setting switch
        {
            SwitchSetting => "bool",
            NumberSetting { Max: int.MaxValue } => "number",
            NumberSetting number => string.Create(
                CultureInfo.InvariantCulture,
                $"{(number == SettingTable.KeepDays ? "days" : "seconds")}, {number.Min:N0} to {number.Max:N0}"
            ),
            AgeSetting => "days or hours",
            _ => string.Join(", ", setting.Words.Select(word => $"`{word}`")),
        };

    private static string Describe(Setting setting)
    {
        var (type, limits) = setting switch
        {
            SwitchSetting => ("Boolean", ""),
            NumberSetting { Max: int.MaxValue } number => ("Integer", $"{number.Min}"),
            NumberSetting number => ("Integer", $"{number.Min}-{number.Max}"),
            AgeSetting => ("Integer, String", $"0-{AgeSetting.Max}"),
            ListSetting => ("Array", ""),
            _ => ("String", ""),
        };
        var place = setting is PathSetting ? ", relative to this file" : "";
        var sentence = char.ToUpperInvariant(setting.Help[0]) + setting.Help[1..] + place + ".";
        return $"{setting.ConfigKey} {type} {string.Join('|', setting.Words)}{limits} {sentence}";
    }

    private static string Describe(JsonSchemaProperty property)
    {
        var limits = property.Maximum is null ? $"{property.Minimum}" : $"{property.Minimum}-{property.Maximum}";
        return $"{property.Name} {property.Type} {string.Join('|', property.Enumeration)}{limits} {property.Description}";
    }

    private static IEnumerable<OptionRow> OptionRows() =>
        File.ReadLines(Repository.PathOf("docs/cli.md"))
            .SkipWhile(line => line != "## Options")
            .Where(line => line.StartsWith("| `-", StringComparison.Ordinal))
            .Select(line => line.Replace("\\|", "/", StringComparison.Ordinal).Split('|'))
            .Select(cells => new OptionRow(
                [.. cells[1].Split('`').Where(code => code.StartsWith('-')).Select(code => code.Split(' ')[0])],
                cells[2].Trim(),
                cells[3].Trim(' ', '`'),
                cells[4].Trim() switch
                {
                    "all" => SettingCommands.All,
                    "service" => SettingCommands.Connected,
                    var names => ParseCommands(names.Replace("`", "", StringComparison.Ordinal)),
                }
            ));

    /// <param name="names">Separated by commas.</param>
    private static SettingCommands ParseCommands(string names) =>
        Enum.Parse<SettingCommands>(names.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true);

    [GeneratedRegex(@"^_ServerlessAssets\w*Setting\z")]
    private static partial Regex SettingItem();

    [GeneratedRegex(@"'\$\(\w+\)' != '(?<word>\w*)'")]
    private static partial Regex ComparedWord();

    [GeneratedRegex(@"'\$\((?<property>\w+)\)' [!=]= '\w")]
    private static partial Regex ComparedProperty();

    [GeneratedRegex(@"\b(ServerlessAssets[A-Z]\w*|[A-Z]\w+ServerlessAssetsDependsOn)\b")]
    private static partial Regex PropertyName();

    [GeneratedRegex(
        @"^\| `(?<name>ServerlessAssets[A-Z]\w*|[A-Z]\w+ServerlessAssetsDependsOn)` \| ?(?<default>.*?) ?\| ?(?<type>.*?) ?\|",
        RegexOptions.Multiline
    )]
    private static partial Regex PropertyRow();

    private sealed record OptionRow(
        IReadOnlyList<string> Names,
        string Default,
        string Property,
        SettingCommands Commands
    );
}
