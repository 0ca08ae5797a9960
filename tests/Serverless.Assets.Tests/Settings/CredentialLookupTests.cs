using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Settings;

public sealed class CredentialLookupTests : IDisposable
{
    private const string Hex = "0123456789abcdefABCDEF0123456789";
    private const string Secret = "s3cr3t-that-nobody-may-see";
    private const string SecretsId = "serverless-assets-tests";

    private static readonly (string, string?)[] Key = [("TWILIO_API_KEY", "SK" + Hex), ("TWILIO_API_SECRET", Secret)];
    private static readonly (string, string?)[] Account =
    [
        ("TWILIO_ACCOUNT_SID", "AC" + Hex),
        ("TWILIO_AUTH_TOKEN", "token"),
    ];

    private readonly TempFolder _home = new();
    private DiagnosticBag _problems = [];

    public void Dispose() => _home.Dispose();

    [Fact]
    public void The_api_key_comes_first_then_the_account_then_user_secrets()
    {
        WriteSecrets($$"""{ "Twilio:ApiKey": "SK{{Hex}}", "Twilio:ApiSecret": "of-file" }""");
        AssertFound(Find([.. Key, .. Account]), "SK" + Hex, Secret, "TWILIO_API_KEY");
        AssertFound(Find(Account), "AC" + Hex, "token", "TWILIO_ACCOUNT_SID");
        AssertFound(Find(), "SK" + Hex, "of-file", "Twilio:ApiKey");
        Assert.Empty(_problems);
    }

    [Fact]
    public void Blanks_around_a_value_do_not_count() =>
        AssertFound(
            Find(("TWILIO_API_KEY", $" SK{Hex}\n"), ("TWILIO_API_SECRET", $"\t{Secret} ")),
            "SK" + Hex,
            Secret,
            "TWILIO_API_KEY"
        );

    [Fact]
    public void Blanks_around_the_auth_token_that_signs_do_not_count_either()
    {
        var address = new Uri("https://site-1234-dev.twil.io/hold.twiml");
        var found = Find([.. Key, ("TWILIO_AUTH_TOKEN", " token\n")]);

        Assert.Equal(TwilioCredentials.AuthToken("AC" + Hex, "token").Sign(address), found!.Sign(address));
    }

    [Theory]
    [InlineData("TWILIO_API_KEY", "SK" + Hex, "TWILIO_API_SECRET", null)]
    [InlineData("TWILIO_API_KEY", "SK" + Hex, "TWILIO_API_SECRET", " ")]
    [InlineData("TWILIO_API_KEY", "", "TWILIO_API_SECRET", Secret)]
    public void Half_a_pair_is_none_and_the_next_is_taken(
        string userName,
        string user,
        string secretName,
        string? secret
    )
    {
        AssertFound(
            Find([(userName, user), (secretName, secret), .. Account]),
            "AC" + Hex,
            "token",
            "TWILIO_ACCOUNT_SID"
        );
        Assert.Empty(_problems);

        Assert.Null(Find((userName, user), (secretName, secret)));
        DiagnosticAssert.SingleError(
            _problems,
            "SAB1001",
            null,
            "TWILIO_API_KEY with TWILIO_API_SECRET",
            "TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN",
            "Twilio:ApiKey with Twilio:ApiSecret",
            "Twilio:AccountSid with Twilio:AuthToken",
            "Set "
        );
        AssertNoSecretTold();
    }

    [Theory]
    [InlineData("TWILIO_API_KEY", "TWILIO_API_SECRET", "SK")]
    [InlineData("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "AC")]
    public void A_user_of_another_shape_is_an_error_that_does_not_show_it(
        string userName,
        string secretName,
        string kind
    )
    {
        string[] malformed =
        [
            Secret,
            kind + Hex[1..],
            kind + Hex + "0",
            "ZS" + Hex,
            kind.ToLowerInvariant() + Hex,
            kind + Hex[1..] + "g",
        ];
        foreach (var user in malformed)
        {
            _problems = [];
            Assert.Null(Find((userName, user), (secretName, Secret)));
            DiagnosticAssert.SingleError(
                _problems,
                "SAB1002",
                null,
                userName,
                $"expected {kind} followed by 32 hexadecimal digits",
                "Check that you copied the right value"
            );
            Assert.DoesNotContain(user, _problems[0].Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{ "Twilio:AccountSid": "AC*", "Twilio:AuthToken": "s" }""")]
    [InlineData("""{ "Twilio": { "AccountSid": "AC*", "AuthToken": "s" } }""")]
    [InlineData(
        """{ "TWILIO": { "accountsid": "AC*" }, "twilio:AUTHTOKEN": "s", "Other": { "Twilio:ApiKey": "SK*" } }"""
    )]
    [InlineData("// a comment\n{ /* more */ \"Twilio:AccountSid\": \"AC*\", \"Twilio:AuthToken\": \"s\", }")]
    [InlineData("\uFEFF{ \"Twilio:AccountSid\": \"AC*\", \"Twilio:AuthToken\": \"s\", \"Numbers\": [1, null, true] }")]
    public void User_secrets_may_be_flat_or_nested_and_have_comments(string json)
    {
        WriteSecrets(
            json.Replace("C*", "C" + Hex, StringComparison.Ordinal).Replace("K*", "K" + Hex, StringComparison.Ordinal)
        );
        AssertFound(Find(), "AC" + Hex, "s", "Twilio:AccountSid");
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{\n  \"Twilio:ApiSecret\": " + Secret + "\n}")]
    [InlineData("{\n  \"Twilio:ApiSecret\": \"" + Secret + "\n}")]
    public void Malformed_user_secrets_are_an_error_with_the_location_but_not_the_content(string json)
    {
        var file = WriteSecrets(json);
        Assert.Null(Find());
        DiagnosticAssert.SingleError(
            _problems,
            "SAB1012",
            file,
            $"'{file}'",
            "invalid JSON in line ",
            "Correct the file"
        );
        AssertNoSecretTold();
    }

    [Fact]
    public void A_value_of_another_encoding_is_an_error_too()
    {
        var file = _home.Write(
            $".microsoft/usersecrets/{SecretsId}/secrets.json",
            Encoding.Latin1.GetBytes($$"""{ "Twilio:ApiSecret": "{{Secret}}é" }""")
        );
        Assert.Null(Find());
        DiagnosticAssert.SingleError(_problems, "SAB1012", file, $"'{file}'", "not UTF-8");
        AssertNoSecretTold();
    }

    [Fact]
    public void User_secrets_that_are_locked_are_an_error()
    {
        var file = WriteSecrets("{}");
        using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.Null(Find());
        DiagnosticAssert.SingleError(_problems, "SAB1012", file, $"'{file}'", "can't be read");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{ "Twilio:ApiKey": "SK" }""")]
    [InlineData("""{ "Twilio:ApiKey": null, "Twilio:ApiSecret": "s" }""")]
    public void User_secrets_without_a_pair_are_as_none(string json)
    {
        WriteSecrets(json);
        Assert.Null(Find());
        Assert.Equal(["SAB1001"], _problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Malformed_credentials_count_as_existing_credentials()
    {
        Assert.False(Exist());
        Assert.False(Exist(("TWILIO_API_KEY", "SK" + Hex)));
        Assert.True(Exist(Key));
        Assert.True(Exist(("TWILIO_API_KEY", "malformed"), ("TWILIO_API_SECRET", Secret)));
        WriteSecrets("{");
        Assert.True(Exist());

        bool Exist(params (string, string?)[] variables) =>
            CredentialLookup.Exist(FakeEnvironment.From([.. variables, ("HOME", _home.Path)]), SecretsId);
    }

    [Fact]
    public void The_place_of_user_secrets_is_that_of_the_secret_manager()
    {
        Assert.Equal(
            Path.Combine("/home/me", ".microsoft", "usersecrets", "id", "secrets.json"),
            UserSecretsFile.FindPath("id", FakeEnvironment.From(("HOME", "/home/me")))
        );
        Assert.Equal(
            Path.Combine("/data", "Microsoft", "UserSecrets", "id", "secrets.json"),
            UserSecretsFile.FindPath("id", FakeEnvironment.From(("APPDATA", "/data"), ("HOME", "/home/me")))
        );
        Assert.Equal(
            Path.Combine("/other", ".microsoft", "usersecrets", "id", "secrets.json"),
            UserSecretsFile.FindPath("id", FakeEnvironment.From(("DOTNET_USER_SECRETS_FALLBACK_DIR", "/other")))
        );
        Assert.Null(UserSecretsFile.FindPath("id", FakeEnvironment.Empty));
        Assert.Null(UserSecretsFile.FindPath(" ", FakeEnvironment.From(("HOME", "/home/me"))));
        Assert.All(
            (string[])[".", "..", "../../etc", "a/b"],
            id => Assert.Null(UserSecretsFile.FindPath(id, FakeEnvironment.From(("HOME", "/home/me"))))
        );
    }

    [Fact]
    public void The_secret_shows_in_the_header_only()
    {
        var credentials = Find(Key)!;
        Assert.Equal(
            ("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"SK{Hex}:{Secret}"))),
            (credentials.ToHeader().Scheme, credentials.ToHeader().Parameter)
        );
        Assert.DoesNotContain(Secret, credentials.ToString(), StringComparison.Ordinal);
        Assert.All(
            typeof(TwilioCredentials).GetProperties(),
            property =>
                Assert.DoesNotContain(
                    Secret,
                    property.GetValue(credentials)?.ToString() ?? "",
                    StringComparison.Ordinal
                )
        );
    }

    private TwilioCredentials? Find(params (string, string?)[] variables) =>
        CredentialLookup.Find(
            FakeEnvironment.From([.. variables, ("HOME", _home.Path)]),
            new SettingValues(new ProjectContext("")).With(SettingTable.UserSecretsId, SecretsId),
            _problems
        );

    private string WriteSecrets(string json) => _home.Write($".microsoft/usersecrets/{SecretsId}/secrets.json", json);

    private void AssertNoSecretTold() =>
        Assert.All(_problems, problem => Assert.DoesNotContain(Secret, problem.ToString(), StringComparison.Ordinal));

    private static void AssertFound(TwilioCredentials? found, string user, string secret, string source)
    {
        Assert.NotNull(found);
        Assert.Equal((user, source), (found.User, found.Source));
        Assert.Equal(
            $"{user}:{secret}",
            Encoding.UTF8.GetString(Convert.FromBase64String(found.ToHeader().Parameter!))
        );
    }
}
