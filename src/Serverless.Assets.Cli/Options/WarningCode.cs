using System.Text.RegularExpressions;

namespace Serverless.Assets.Cli.Options;

/// <summary>
/// A code that users name to suppress a warning: <c>SAB2016</c>, in any letter case. A mistyped one would silently have
/// no effect.
/// </summary>
internal static partial class WarningCode
{
    /// <summary>What a valid code looks like, to be shown after the word "expected".</summary>
    public const string Expected = "the code of a warning, such as SAB2016";

    public static bool IsValid(string text) => Code().IsMatch(text);

    [GeneratedRegex(@"^SAB[0-9]{4}\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
