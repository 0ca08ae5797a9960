using System.Text.RegularExpressions;

namespace Serverless.Assets.Tests.Documents;

/// <summary>docs/security.md names the tests that show each claim.</summary>
public sealed partial class SecurityDocumentTests
{
    [Fact]
    public void Every_test_class_that_the_document_names_exists()
    {
        var document = File.ReadAllText(Repository.PathOf("docs/security.md"));
        var existing = Directory
            .EnumerateFiles(Repository.PathOf("tests"), "*Tests.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet(StringComparer.Ordinal);

        var named = TestClass()
            .Matches(document)
            .Select(match => match.Groups[1].Value)
            .ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(existing!));
    }

    [GeneratedRegex("`([A-Za-z]+Tests)`")]
    private static partial Regex TestClass();
}
