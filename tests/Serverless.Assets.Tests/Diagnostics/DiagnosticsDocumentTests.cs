using System.Text.RegularExpressions;
using System.Xml.Linq;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Tests.Support;

namespace Serverless.Assets.Tests.Diagnostics;

/// <summary>docs/diagnostics.md, which help links lead to, has one section for each code.</summary>
public sealed partial class DiagnosticsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs/diagnostics.md"))
        .ReplaceLineEndings("\n");

    private static readonly IReadOnlyList<string> Sections =
    [
        .. Section().Matches(Document).Select(match => match.Groups["code"].Value),
    ];

    [Fact]
    public void Every_code_has_a_section_and_every_section_a_code()
    {
        var codes = AllDiagnosticsTests.Codes.Concat(CodesOfTargets()).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(codes, Sections.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Sections_are_in_the_order_of_the_codes() =>
        Assert.Equal(Sections.Order(StringComparer.Ordinal), Sections);

    [Fact]
    public void Every_section_begins_with_what_it_is_and_shows_a_message() =>
        Assert.All(
            Section().Matches(Document),
            section =>
            {
                var text = section.Groups["text"].Value;
                Assert.Matches(@"^\n(Error|Warning)\. [A-Z`]", text);
                Assert.Contains("\n> ", text, StringComparison.Ordinal);
            }
        );

    /// <summary>
    /// The first block quote of a section is the message, with examples or <c>…</c> for its values. It is in the terms
    /// of MSBuild, unless the section is marked <c>(command line only)</c>.
    /// </summary>
    [Theory]
    [MemberData(nameof(AllSections))]
    public void A_section_quotes_its_message(string code)
    {
        var text = Section().Matches(Document).Single(section => section.Groups["code"].Value == code).Value;
        var terms = text.Contains("(command line only)", StringComparison.Ordinal)
            ? FrontTerms.CommandLine
            : FrontTerms.MSBuild;
        var quoted = Quotation().Match(text).Value.Replace("\n> ", " ", StringComparison.Ordinal)[2..].TrimEnd();
        IReadOnlyList<IReadOnlyList<Regex>> messages =
        [
            .. AllDiagnosticsTests
                .Methods.Where(method => AllDiagnosticsTests.Create(method).Code == code)
                .Select(method => MessageTemplate.FromMethod(method, terms)),
            .. ErrorsOfTargets().Where(error => error.Code == code).Select(error => (Regex[])[error.Message]),
        ];

        Assert.NotEmpty(messages);
        Assert.All(
            messages,
            forms =>
                Assert.True(
                    forms.Any(form => form.IsMatch(quoted)),
                    $"{code} is documented as\n{quoted}\nbut its message is\n{string.Join('\n', forms)}"
                )
        );
    }

    [Fact]
    public void Every_section_names_the_severity_of_its_code()
    {
        var severities = Section()
            .Matches(Document)
            .ToDictionary(
                section => section.Groups["code"].Value,
                section => section.Groups["text"].Value.Split('.')[0].Trim()
            );
        Assert.All(
            AllDiagnosticsTests.Samples,
            sample => Assert.Equal(sample.Severity.ToString(), severities[sample.Code])
        );
    }

    /// <summary>The attribute, and the link at the end of the text.</summary>
    [Fact]
    public void Every_help_link_in_the_targets_leads_to_the_section_of_its_code() =>
        Assert.All(
            Targets(),
            file =>
            {
                var text = File.ReadAllText(file);
                var codes = CodeOfError()
                    .Matches(text)
                    .Select(match => match.Groups["code"].Value.ToLowerInvariant())
                    .ToList();
                Assert.Equal(codes, HelpLink().Matches(text).Select(match => match.Groups["anchor"].Value));
            }
        );

    public static TheoryData<string> AllSections => [.. Sections];

    private static IEnumerable<string> CodesOfTargets() =>
        Targets()
            .SelectMany(file =>
                CodeOfError().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value)
            );

    private static IEnumerable<(string Code, Regex Message)> ErrorsOfTargets() =>
        from file in Targets()
        from error in XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "Error")
        let text = LinkAtEnd().Replace(error.Attribute("Text")!.Value, "")
        select (error.Attribute("Code")!.Value, MessageTemplate.FromTargets(text));

    private static string[] Targets()
    {
        var files = Directory.GetFiles(Repository.PathOf("build"), "*.targets");
        Assert.NotEmpty(files);
        return files;
    }

    [GeneratedRegex(@"^## (?<code>.+)\n(?<text>(?:(?!## ).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Section();

    [GeneratedRegex(@"^> .*\n(> .*\n)*", RegexOptions.Multiline)]
    private static partial Regex Quotation();

    [GeneratedRegex(@" \(https://[^)]*\)\z")]
    private static partial Regex LinkAtEnd();

    [GeneratedRegex(@"\bCode=""(?<code>SAB[0-9]{4})""")]
    private static partial Regex CodeOfError();

    [GeneratedRegex(@"HelpLink=""(?<link>[^""]+diagnostics\.md#(?<anchor>\w+))""\s+Text=""[^""]+ \(\k<link>\)""")]
    private static partial Regex HelpLink();
}
