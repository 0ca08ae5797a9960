using System.Globalization;
using Serverless.Assets.Client;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Tests.Documents;

/// <summary>docs/limits.md shows the limits that the code checks.</summary>
public sealed class LimitsDocumentTests
{
    private const string CharacterList = "<!-- not run: a list of characters -->\n```text\n";

    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs/limits.md"))
        .ReplaceLineEndings("\n");

    private static readonly IReadOnlyList<char> Printable = [.. Enumerable.Range('!', 94).Select(code => (char)code)];

    [Fact]
    public void The_valid_characters_of_a_path_are_those_that_the_code_accepts()
    {
        var listed = Document.Split(CharacterList)[1].Split("```")[0].Where(character => !char.IsWhiteSpace(character));

        Assert.Equal(Printable.Where(IsValid), listed.Order());
    }

    [Fact]
    public void Every_other_character_has_a_reason()
    {
        var section = Document.Split(CharacterList)[1].Split("\n## ")[0].Split("```")[1];

        Assert.All(
            Printable.Where(character => !IsValid(character)),
            character =>
                Assert.Contains(
                    character switch
                    {
                        '|' => @"`\|`", // in a table
                        '`' => "`` ` ``",
                        _ => $"`{character}`",
                    },
                    section,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Sizes_and_counts_are_those_of_the_code()
    {
        string[] rows =
        [
            $"| public or protected | 25 MB ({Format(UploadLimits.GetMaxLength(Visibility.Public))} bytes) |",
            $"| private | 10 MB ({Format(UploadLimits.GetMaxLength(Visibility.Private))} bytes) |",
            $"| a Build: public and protected assets together | {Format(AssetLimits.PublicAndProtectedAssets)} |",
            $"| a Build: private assets | {Format(AssetLimits.PrivateAssets)} |",
            $"| a Build: Functions | {Format(AssetLimits.Functions)} |",
            $"It can have at most {Format(AssetPath.MaxLength)} characters",
        ];

        Assert.All(rows, row => Assert.Contains(row, Document, StringComparison.Ordinal));
    }

    private static bool IsValid(char character) =>
        !AssetPath.Check($"/{character}a").HasFlag(AssetPathErrors.InvalidCharacter);

    private static string Format(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
