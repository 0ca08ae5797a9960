using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Serverless.Assets.Tests.Documents;

/// <summary>docs/properties.md has what the .props and .targets serve, and nothing else.</summary>
public sealed partial class PropertiesDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs/properties.md"));

    private static readonly IReadOnlyList<XDocument> Projects =
    [
        .. Directory
            .GetFiles(Repository.PathOf("build"), "Serverless.Assets.Build.*")
            .Select(file => XDocument.Load(file)),
    ];

    [Fact]
    public void Every_public_property_has_its_row_and_every_row_its_property()
    {
        var served = Projects
            .SelectMany(project => PropertyName().Matches(project.ToString()))
            .Select(match => match.Value)
            .Distinct();
        Assert.Equal(
            served.Order(StringComparer.Ordinal),
            Rows().Keys.Where(name => PropertyName().IsMatch(name)).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_property_that_the_document_names_is_served() =>
        Assert.All(
            PropertyName().Matches(Document),
            match => Assert.True(Rows().ContainsKey(match.Value), match.Value)
        );

    [Fact]
    public void Every_default_in_the_document_is_the_one_that_is_set()
    {
        var defaults = Projects
            .SelectMany(project =>
                project.Root!.Elements("PropertyGroup").Where(group => group.Attribute("Condition") is null).Elements()
            )
            .Where(property => property.Name.LocalName.StartsWith("ServerlessAssets", StringComparison.Ordinal))
            .ToDictionary(property => property.Name.LocalName, property => property.Value);
        Assert.NotEmpty(defaults);
        Assert.All(
            Rows().Where(row => PropertyName().IsMatch(row.Key)),
            row =>
            {
                var expected = defaults.TryGetValue(row.Key, out var value)
                    ? value.StartsWith("$(MSBuildThisFile", StringComparison.Ordinal)
                        ? "in the package"
                        : $"`{value}`"
                    : "";
                Assert.Equal($"{row.Key}: {expected}", $"{row.Key}: {row.Value}");
            }
        );
    }

    [Fact]
    public void Every_public_target_and_item_is_in_the_document()
    {
        var targets = Projects
            .SelectMany(project => project.Root!.Elements("Target"))
            .Select(target => target.Attribute("Name")!.Value);
        var items = Projects
            .SelectMany(project => ItemName().Matches(project.ToString()))
            .Select(match => match.Groups["name"].Value);
        Assert.All(
            targets.Concat(items).Where(name => name[0] != '_'),
            name =>
                Assert.Contains(
                    $"`{name}`",
                    Document.Replace("`@(", "`", StringComparison.Ordinal).Replace(")`", "`", StringComparison.Ordinal),
                    StringComparison.Ordinal
                )
        );
    }

    /// <summary>The first two cells of each row of each table: a name and its default.</summary>
    private static Dictionary<string, string> Rows() =>
        Row()
            .Matches(Document)
            .DistinctBy(match => match.Groups["name"].Value)
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value);

    [GeneratedRegex(@"\b(ServerlessAssets[A-Z]\w*|[A-Z]\w+ServerlessAssetsDependsOn)\b")]
    private static partial Regex PropertyName();

    [GeneratedRegex(@"(@\(|ItemName="")(?<name>\w+)")]
    private static partial Regex ItemName();

    [GeneratedRegex(@"^\| `(?<name>\w+)` \| ?(?<value>.*?) ?\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
