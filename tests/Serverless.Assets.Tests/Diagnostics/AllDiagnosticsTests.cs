using System.Reflection;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Tests.Diagnostics;

/// <summary>Rules for all diagnostics, which are found by reflection.</summary>
public sealed class AllDiagnosticsTests
{
    /// <summary>A malicious file name: it forges a log line and contains workflow commands of CI systems.</summary>
    private const string Hostile = "a\r\n##vso[task.setvariable]x\n::error::\u001b[2J\u202e.txt";

    private static readonly Dictionary<string, string> RangeOfClass = new()
    {
        [nameof(ConfigurationDiagnostics)] = "SAB1",
        [nameof(DiscoveryDiagnostics)] = "SAB2",
        [nameof(ServiceDiagnostics)] = "SAB3",
        [nameof(StateDiagnostics)] = "SAB5",
        [nameof(UnexpectedDiagnostics)] = "SAB9",
    };

    internal static IReadOnlyList<MethodInfo> Methods { get; } =
    [
        .. typeof(Diagnostic)
            .Assembly.GetTypes()
            .Where(type =>
                type.Namespace == typeof(Diagnostic).Namespace
                && type.Name.EndsWith("Diagnostics", StringComparison.Ordinal)
            )
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)),
    ];

    /// <summary>One diagnostic of each code.</summary>
    internal static IEnumerable<Diagnostic> Samples => Methods.Select(method => Create(method));

    internal static IEnumerable<string> Codes => Samples.Select(sample => sample.Code);

    [Fact]
    public void Every_class_is_known_and_has_its_range()
    {
        Assert.True(Methods.Count > 40, $"{Methods.Count} found");
        Assert.All(
            Methods,
            method =>
            {
                var range =
                    RangeOfClass.GetValueOrDefault(method.DeclaringType!.Name)
                    ?? (
                        method.DeclaringType.Name == "DeploymentDiagnostics"
                            ? "SAB4"
                            : "a range of its own in this test"
                    );
                Assert.StartsWith(range, Create(method).Code, StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public void Every_code_is_SAB_and_four_digits_and_used_once()
    {
        var codes = Methods.Select(method => Create(method).Code).ToList();
        Assert.All(codes, code => Assert.Matches(@"^SAB[0-9]{4}\z", code));
        Assert.Equal(codes.Distinct(), codes);
    }

    [Fact]
    public void Every_message_is_one_line_and_ends_as_a_sentence_whatever_fills_it() =>
        Assert.All(
            Methods,
            method =>
            {
                var message = Create(method).Message;
                Assert.DoesNotContain(message, character => char.IsControl(character) || character == '\u202e');
                Assert.DoesNotContain("##vso[", message, StringComparison.Ordinal);
                Assert.Matches(@"[.)?]\z", message);
            }
        );

    [Fact]
    public void No_message_has_two_full_stops_when_a_reason_is_a_sentence() =>
        Assert.All(Methods, method => Assert.DoesNotMatch(@"\.\.( |\z)", Create(method, "The disk is full.").Message));

    [Fact]
    public void Every_help_link_leads_to_the_section_of_the_code() =>
        Assert.All(
            Methods.Select(method => Create(method)),
            diagnostic =>
                Assert.Equal($"{Diagnostic.HelpPage}#{diagnostic.Code.ToLowerInvariant()}", diagnostic.HelpLink)
        );

    [Fact]
    public void Every_argument_that_is_a_text_is_in_the_message_or_is_the_file() =>
        Assert.All(
            Methods,
            method =>
            {
                var diagnostic = Create(method);
                var texts = method.GetParameters().Count(parameter => parameter.ParameterType == typeof(string));
                var shown =
                    Regex.Count(diagnostic.Message, Regex.Escape(LogSanitizer.Escape(Hostile)))
                    + (diagnostic.File is null ? 0 : 1);
                Assert.True(shown >= texts, $"{method.Name}: {diagnostic}");
            }
        );

    [Fact]
    public void No_front_sees_the_terms_of_the_other()
    {
        string[] onlyMSBuild = ["SAB2030"];
        Assert.All(
            Samples.Where(sample => !onlyMSBuild.Contains(sample.Code)),
            sample =>
                Assert.DoesNotMatch(
                    @"ServerlessAsset|\b(AssetPath|PathPrefix|ExcludePatterns|ContentType|Visibility)\b",
                    sample.Render(FrontTerms.CommandLine)
                )
        );
        Assert.All(
            Samples.Where(sample => !sample.Code.StartsWith("SAB102", StringComparison.Ordinal)), // command line only
            sample => Assert.DoesNotMatch(" --[a-z]", sample.Render(FrontTerms.MSBuild))
        );
    }

    [Fact]
    public void An_exception_has_all_of_them_with_their_codes()
    {
        Diagnostic[] all = [DiscoveryDiagnostics.FileEmpty("a", "/a"), DiscoveryDiagnostics.FileEmpty("b", "/b")];
        var exception = new AssetException(all);
        Assert.Equal(all, exception.Diagnostics);
        Assert.Equal($"SAB2013: {all[0].Message}{Environment.NewLine}SAB2013: {all[1].Message}", exception.Message);
    }

    internal static Diagnostic Create(MethodInfo method, string text = Hostile) =>
        (Diagnostic)
            method.Invoke(
                null,
                [.. method.GetParameters().Select(parameter => Sample(parameter.ParameterType, text))]
            )!;

    /// <param name="number">For numbers, and for what is computed from them.</param>
    internal static object Sample(Type type, string text, int number = 7) =>
        type switch
        {
            _ when type == typeof(string) => text,
            _ when type == typeof(Setting) => SettingTable.RequestTimeout,
            _ when type == typeof(int) => number,
            _ when type == typeof(long) => number * 1_000_000_000L,
            _ when type == typeof(bool) => true,
            _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(number),
            _ when type == typeof(Visibility) => Visibility.Protected,
            _ when type == typeof(SanitizedText) => (SanitizedText)$"{SettingTable.Region}",
            _ when type == typeof(AssetChoice) => AssetChoice.Live,
            _ when type == typeof(RuleError) => RuleError.Folder,
            _ when type == typeof(KnownBuilds) => new KnownBuilds(
                number,
                DateTimeOffset.UnixEpoch.AddSeconds(number * 3_661)
            ),
            _ when type == typeof(RuntimeOrigin) => RuntimeOrigin.LastBuild,
            _ when type == typeof(ServiceLimits) => ServiceLimits.Error,
            _ when type.IsAssignableFrom(typeof(string[])) => new[] { text, text },
            _ when type == typeof(Exception) => new InvalidOperationException(text),
            _ when type == typeof(ServerlessApiException) => new ServerlessApiException(
                ApiRequest.Get(ApiOperation.ListAssets, new Uri("https://api.test/v1"), text),
                ApiFailure.Refused,
                text
            )
            {
                Code = 20001,
                RequestId = text,
            },
            _ => throw new NotSupportedException($"Add a sample of {type} to this test."),
        };
}
