using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Assets.Client;

/// <summary>
/// Checks arguments before a request is sent. Limits come from Twilio's documentation and OpenAPI description.
/// </summary>
internal static partial class ArgumentRules
{
    public const int MaxFriendlyName = 255;
    public const int MaxServiceName = 50;
    public const int MaxEnvironmentName = 100;
    public const int MaxDomainSuffix = 16;
    public const int MaxVariableKey = 128;
    public const int MaxVariableValue = 450;

    /// <summary>Returns a text that has 1 to <paramref name="maxLength"/> characters.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static string RequireText(
        string value,
        int maxLength,
        [CallerArgumentExpression(nameof(value))] string? parameterName = null
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameterName);
        RequireUnicode(value, parameterName);
        RequireLength(value.Length, maxLength, "characters", parameterName);
        return value;
    }

    /// <summary>Whether a text can be the unique name of a Service: 1 to 50 letters, digits and dashes.</summary>
    public static bool IsServiceName(string text) => text.Length <= MaxServiceName && UniqueName().IsMatch(text);

    /// <summary>
    /// Whether a text can be a domain suffix, which becomes a part of a host name: at most 16 letters, digits and inner
    /// dashes; empty means none.
    /// </summary>
    public static bool IsDomainSuffix(string text) =>
        text.Length <= MaxDomainSuffix && (text.Length == 0 || Regions.IsHostPart(text));

    /// <summary>Returns the unique name of a new Service: 1 to 50 letters, digits and dashes.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static string RequireServiceName(
        string value,
        [CallerArgumentExpression(nameof(value))] string? parameterName = null
    )
    {
        RequireText(value, MaxServiceName, parameterName);
        return IsServiceName(value)
            ? value
            : throw new ArgumentException(
                $"'{value}' is not a valid unique name of a Service: expected letters, digits and dashes.",
                parameterName
            );
    }

    /// <summary>
    /// Returns a domain suffix: at most 16 letters, digits and inner dashes; empty means none.
    /// </summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static string RequireDomainSuffix(
        string value,
        [CallerArgumentExpression(nameof(value))] string? parameterName = null
    )
    {
        ArgumentNullException.ThrowIfNull(value, parameterName);
        RequireUnicode(value, parameterName);
        RequireLength(value.Length, MaxDomainSuffix, "characters", parameterName);
        return IsDomainSuffix(value)
            ? value
            : throw new ArgumentException(
                $"'{value}' is not a valid domain suffix: expected letters, digits and inner dashes, because it becomes a "
                    + "part of the host name.",
                parameterName
            );
    }

    /// <summary>Returns the value of a Variable: at most 450 bytes in UTF-8. It is not shown, because it can be a secret.</summary>
    /// <exception cref="ArgumentException">It is too long.</exception>
    public static string RequireVariableValue(
        string value,
        bool enforcesLimit,
        [CallerArgumentExpression(nameof(value))] string? parameterName = null
    )
    {
        ArgumentNullException.ThrowIfNull(value, parameterName);
        RequireUnicode(value, parameterName);
        if (enforcesLimit)
        {
            RequireLength(Encoding.UTF8.GetByteCount(value), MaxVariableValue, "bytes in UTF-8", parameterName);
        }

        return value;
    }

    /// <exception cref="ArgumentOutOfRangeException">The value is not in the enumeration.</exception>
    public static Visibility RequireVisibility(
        Visibility value,
        [CallerArgumentExpression(nameof(value))] string? parameterName = null
    ) =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                parameterName,
                value,
                "Expected public, protected or private visibility."
            );

    /// <summary>An unpaired surrogate would be sent as another character. The text is not shown.</summary>
    private static void RequireUnicode(string value, string? parameterName)
    {
        for (var i = 0; i < value.Length; )
        {
            if (!Rune.TryGetRuneAt(value, i, out var character))
            {
                throw new ArgumentException("The text contains an unpaired surrogate.", parameterName);
            }

            i += character.Utf16SequenceLength;
        }
    }

    private static void RequireLength(int length, int maxLength, string unit, string? parameterName)
    {
        if (length > maxLength)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The service accepts at most {maxLength} {unit}, but there are {length}."
                ),
                parameterName
            );
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex UniqueName();
}
