using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Diagnostics;

/// <summary>
/// The literal text of a message, found by creating the diagnostic twice with different values: what differs is a
/// placeholder, for which a quotation of the message may have any text.
/// </summary>
internal static partial class MessageTemplate
{
    /// <summary>The private use area of Unicode: these characters stand for values.</summary>
    private const string Values = "\uE000-\uF8FF";

    /// <returns>A pattern for each form of the message, which may depend on a flag or on an optional value.</returns>
    public static IReadOnlyList<Regex> FromMethod(MethodInfo method, FrontTerms terms)
    {
        var forms = method.GetParameters().Aggregate(1, (count, parameter) => count * (HasTwoForms(parameter) ? 2 : 1));
        return
        [
            .. Enumerable
                .Range(0, forms)
                .Select(form => Compare(Render(method, form, 1, terms), Render(method, form, 2, terms)))
                .DistinctBy(pattern => pattern.ToString()),
        ];
    }

    /// <param name="text">The <c>Text</c> of an <c>Error</c> task, with properties and items in it.</param>
    public static Regex FromTargets(string text)
    {
        var message = Placeholder().Replace(Transform().Replace(text, "${each}"), "\uE000");
        return Compare(message.Replace("%27", "'", StringComparison.Ordinal));
    }

    private static Regex Compare(string message, string? other = null)
    {
        var tokens = Token().Matches(message).Select(match => match.Value).ToList();
        var others = Token().Matches(other ?? message).Select(match => match.Value).ToList();
        Assert.True(tokens.Count == others.Count, $"{message}\n{other}");
        var pattern = new StringBuilder(@"\A");
        foreach (var (token, compared) in tokens.Zip(others))
        {
            pattern.Append(token != compared || token[0] is >= '\uE000' and <= '\uF8FF' ? ".+" : Regex.Escape(token));
        }

        return new Regex(pattern.Append(@"\z").ToString(), RegexOptions.CultureInvariant);
    }

    private static string Render(MethodInfo method, int form, int sample, FrontTerms terms)
    {
        var value = new string('\uE000', sample);
        var arguments = new List<object?>();
        foreach (var (parameter, index) in method.GetParameters().Select((parameter, index) => (parameter, index)))
        {
            var isOtherForm = HasTwoForms(parameter) && form % 2 == 1;
            form = HasTwoForms(parameter) ? form / 2 : form;
            arguments.Add(
                parameter.ParameterType switch
                {
                    _ when IsNullable(parameter) && isOtherForm => null,
                    var type when type == typeof(bool) => isOtherForm,
                    var type when type == typeof(ServerlessApiException) => Failure(
                        value,
                        isOtherForm ? ApiFailure.Refused : ApiFailure.Ambiguous
                    ),
                    var type when type.IsAssignableFrom(typeof(string[])) => new[] { value },
                    var type => AllDiagnosticsTests.Sample(type, value, (10 - index) * ((8 * sample) + 3)),
                }
            );
        }

        var diagnostic = (Diagnostic)method.Invoke(null, [.. arguments])!;
        return arguments.Aggregate(
            diagnostic.Render(terms),
            (message, argument) =>
                argument switch
                {
                    Setting setting => message.Replace(terms.GetName(setting), value, StringComparison.Ordinal),
                    Exception failure => message
                        .Replace(failure.GetType().Name, value, StringComparison.Ordinal)
                        .Replace((failure as ServerlessApiException)?.Details ?? value, value, StringComparison.Ordinal)
                        .Replace("host.test", value, StringComparison.Ordinal),
                    Visibility visibility => message.Replace(visibility.ToWireValue(), value, StringComparison.Ordinal),
                    _ => message,
                }
        );
    }

    private static ServerlessApiException Failure(string value, ApiFailure failure) =>
        new(ApiRequest.Get(value, new Uri("https://host.test/v1"), value), failure, value) { RequestId = value };

    private static bool HasTwoForms(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(bool)
        || parameter.ParameterType == typeof(ServerlessApiException)
        || IsNullable(parameter);

    private static bool IsNullable(ParameterInfo parameter) =>
        new NullabilityInfoContext().Create(parameter).ReadState == NullabilityState.Nullable;

    [GeneratedRegex($"[0-9]+|[{Values}]+|.")]
    private static partial Regex Token();

    /// <summary>An item list with a text for each item.</summary>
    [GeneratedRegex(@"@\(\w+->'(?<each>[^']*)'(, *'[^']*')?\)")]
    private static partial Regex Transform();

    [GeneratedRegex(@"[$@%]\([^)]*\)")]
    private static partial Regex Placeholder();
}
