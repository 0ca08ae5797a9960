using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Settings;

/// <summary>Credentials and region from the profiles of the Twilio CLI, in the files of old and new versions.</summary>
public sealed class ProfileLookupTests : IDisposable
{
    private const string Hex = "0123456789abcdefABCDEF0123456789";
    private const string Secret = "s3cr3t-that-nobody-may-see";
    private const string SecretsId = "serverless-assets-tests";

    /// <summary>As <c>twilio profiles:create</c> writes it; its secret is in the file.</summary>
    private const string Current = $$$"""
        {"email":{},"prompts":{},"projects":[],"profiles":{
          "first":{"accountSid":"AC{{{Hex}}}","apiKey":"SK1{{{Hex}}}","apiSecret":"other"},
          "work":{"accountSid":"AC{{{Hex}}}","region":"ie1","apiKey":"SK{{{Hex}}}","apiSecret":"{{{Secret}}}"}},
         "activeProject":"work","edge":"dublin"}
        """;

    /// <summary>As the versions before mid-2021 wrote it; its secrets are in the key chain.</summary>
    private const string Old =
        $$"""{"email":{},"prompts":{},"projects":[{"id":"old","accountSid":"AC{{Hex}}"}],"activeProject":"old"}""";

    private readonly TempFolder _home = new();
    private readonly DiagnosticBag _problems = [];

    private string ConfigPath => Path.Combine(_home.Path, ".twilio-cli", "config.json");

    public void Dispose() => _home.Dispose();

    [Fact]
    public void The_active_profile_is_used_when_there_is_nothing_else()
    {
        Write(Current);

        var found = Find();

        AssertFound(found, "apiKey of the Twilio CLI profile 'work'");
        Assert.Equal(("ie1", "dublin"), (found!.Region, found.Edge));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("\"gone\"")]
    [InlineData("null")]
    public void Without_an_active_profile_the_first_is_used(string? active)
    {
        Write(
            $$"""{ "profiles": { "a": { "apiKey": "SK{{Hex}}", "apiSecret": "{{Secret}}" }, "b": {} }{{(active is null ? "" : $", \"activeProject\": {active}")}} }"""
        );

        AssertFound(Find(), "apiKey of the Twilio CLI profile 'a'");
    }

    [Fact]
    public void Everything_else_comes_first()
    {
        Write(Current);
        _home.Write(
            $".microsoft/usersecrets/{SecretsId}/secrets.json",
            $$"""{ "Twilio:AccountSid": "AC{{Hex}}", "Twilio:AuthToken": "token" }"""
        );
        Assert.Equal(
            "TWILIO_API_KEY",
            Find(variables: [("TWILIO_API_KEY", "SK" + Hex), ("TWILIO_API_SECRET", "s")])!.Source
        );
        Assert.Equal(
            "TWILIO_ACCOUNT_SID",
            Find(variables: [("TWILIO_ACCOUNT_SID", "AC" + Hex), ("TWILIO_AUTH_TOKEN", "s")])!.Source
        );
        Assert.Equal("Twilio:AccountSid", Find()!.Source);
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_specified_profile_that_is_not_used_is_a_warning()
    {
        Write(Current);

        Assert.Equal(
            "TWILIO_API_KEY",
            Find("work", [("TWILIO_API_KEY", "SK" + Hex), ("TWILIO_API_SECRET", "s")])!.Source
        );

        var warning = Assert.Single(_problems);
        Assert.Equal(("SAB1023", DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
        Assert.Equal(
            "The Twilio CLI profile 'work' is not used, because TWILIO_API_KEY is set and takes precedence. Unset TWILIO_API_KEY to use the profile.",
            warning.Message
        );
    }

    [Fact]
    public void A_build_does_not_look_at_profiles()
    {
        Write(Current);

        Assert.Null(Find(uses: false));

        Assert.Equal(["SAB1001"], _problems.Select(problem => problem.Code));
        Assert.DoesNotContain("Twilio CLI", _problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_region_of_the_profile_is_used_unless_another_is_set()
    {
        Write(Current);
        Assert.Equal("https://serverless.dublin.ie1.twilio.com/", Api());
        Assert.Equal("https://serverless.dublin.us1.twilio.com/", Api(("TWILIO_REGION", "us1")));
        Assert.Equal("https://serverless.ashburn.ie1.twilio.com/", Api(("TWILIO_EDGE", "ashburn")));

        string Api(params (string, string?)[] variables) =>
            ServiceSettingsValidator
                .Validate(
                    Settings(null, uses: true),
                    new EngineContext
                    {
                        Logger = new RecordingLogger(),
                        GetEnvironmentVariable = Environment(variables),
                    },
                    _problems
                )!
                .Endpoints.Api.AbsoluteUri;
    }

    [Fact]
    public void A_profile_secret_in_the_keychain_is_an_error_with_a_solution()
    {
        Write(Old);
        Assert.Null(Find());
        DiagnosticAssert.SingleError(
            _problems,
            "SAB1022",
            null,
            "profile 'old'",
            ConfigPath,
            "system keychain",
            "'twilio login'",
            "TWILIO_API_KEY"
        );
    }

    [Theory]
    [InlineData("other", Current, ": first, work)")]
    [InlineData("other", "{}", ": none)")]
    [InlineData("other", null, ": none)")]
    public void A_profile_that_is_not_there_is_an_error_that_names_those_that_are(
        string name,
        string? json,
        string known
    )
    {
        if (json is not null)
        {
            Write(json);
        }

        Assert.Null(Find(name));

        DiagnosticAssert.SingleError(
            _problems,
            "SAB1021",
            null,
            $"no profile '{name}'",
            ConfigPath + known,
            "--profile"
        );
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{ "profiles": [], "projects": {}, "activeProject": 7 }""")]
    [InlineData("""{ "projects": [ 1, { "id": null } ] }""")]
    [InlineData(null)]
    public void No_profile_is_as_no_credentials(string? json)
    {
        if (json is not null)
        {
            Write(json);
        }

        Assert.Null(Find());

        DiagnosticAssert.SingleError(_problems, "SAB1001", null, "; the Twilio CLI profile");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{ \"profiles\": { \"a\": { \"apiSecret\": " + Secret + " } } }")]
    public void A_malformed_file_is_an_error_with_the_location_but_not_the_content(string json)
    {
        Write(json);
        Assert.Null(Find());
        DiagnosticAssert.SingleError(_problems, "SAB1020", ConfigPath, "invalid JSON in line 1");
        Assert.DoesNotContain(Secret, _problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_shape_is_an_error_that_does_not_show_it()
    {
        Write($$"""{ "profiles": { "a": { "apiKey": "{{Secret}}", "apiSecret": "s" } } }""");
        Assert.Null(Find());
        DiagnosticAssert.SingleError(_problems, "SAB1002", null, "apiKey of the Twilio CLI profile 'a'", "expected SK");
        Assert.DoesNotContain(Secret, _problems[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_of_both_forms_is_that_with_the_key()
    {
        Write(
            $$"""{ "projects": [ { "id": "a" }, { "id": "b" } ], "profiles": { "a": { "apiKey": "SK{{Hex}}", "apiSecret": "{{Secret}}" } }, "activeProject": "a" }"""
        );
        AssertFound(Find(), "apiKey of the Twilio CLI profile 'a'");
    }

    private TwilioCredentials? Find(string? profile = null, (string, string?)[]? variables = null, bool uses = true) =>
        CredentialLookup.Find(Environment(variables ?? []), Settings(profile, uses), _problems);

    private Func<string, string?> Environment((string, string?)[] variables) =>
        FakeEnvironment.From([.. variables, ("HOME", _home.Path)]);

    private static SettingValues Settings(string? profile, bool uses) =>
        new SettingValues(new ProjectContext(Path.GetFullPath("project")) { UsesTwilioCliProfiles = uses })
            .With(SettingTable.ServiceName, "site")
            .With(SettingTable.UserSecretsId, SecretsId)
            .With(SettingTable.Profile, profile);

    private void Write(string json) => _home.Write(".twilio-cli/config.json", json);

    private static void AssertFound(TwilioCredentials? found, string source)
    {
        Assert.NotNull(found);
        Assert.Equal(("SK" + Hex, source), (found.User, found.Source));
        Assert.Equal(
            $"SK{Hex}:{Secret}",
            Encoding.UTF8.GetString(Convert.FromBase64String(found.ToHeader().Parameter!))
        );
    }
}
