using System.Text.RegularExpressions;
using System.Xml.Linq;
using Serverless.Assets.Tests.Support;

namespace Serverless.Assets.Tests.Documents;

/// <summary>docs/properties.md documents every target and item. Its properties are compared with the table of settings.</summary>
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

    [GeneratedRegex(@"(@\(|ItemName="")(?<name>\w+)")]
    private static partial Regex ItemName();
}
