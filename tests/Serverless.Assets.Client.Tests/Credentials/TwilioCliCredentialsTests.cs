namespace Serverless.Assets.Client.Tests.Credentials;

/// <summary>Credentials that <c>twilio login</c> stored.</summary>
public sealed class TwilioCliCredentialsTests : IDisposable
{
    private const string Secret = "cli-secret-5b1d2e";
    private const string OtherKey = "SKfedcba9876543210fedcba9876543210";

    private const string Config = $$"""
        { "activeProject": "second", "edge": "dublin",
          "projects": [ { "id": "old", "accountSid": "{{TestCredentials.AccountSid}}" } ],
          "profiles": {
            "first": { "apiKey": "{{OtherKey}}", "apiSecret": "first-secret-123", "accountSid": "AC" },
            "second": { "apiKey": "{{TestCredentials.ApiKey}}", "apiSecret": " {{Secret}} ", "region": "ie1" } } }
        """;

    private readonly TempFolder _home = new();

    private string File => _home[".twilio-cli/config.json"];

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task The_active_profile_with_its_region_and_edge()
    {
        var credentials = Read(Config);

        Assert.Equal(TestCredentials.ApiKey, credentials.User);
        Assert.Equal(TwilioCredentials.ApiKey(TestCredentials.ApiKey, Secret).ToHeader(), credentials.ToHeader());
        Assert.Equal(
            ["serverless.dublin.ie1.twilio.com", "serverless-upload.dublin.ie1.twilio.com"],
            await GetHostsAsync(new ServerlessClientOptions { Credentials = credentials })
        );
    }

    [Fact]
    public async Task A_named_profile()
    {
        var credentials = Read(Config, "first");

        Assert.Equal(OtherKey, credentials.User);
        Assert.Equal(
            ["serverless.dublin.us1.twilio.com", "serverless-upload.dublin.us1.twilio.com"],
            await GetHostsAsync(new ServerlessClientOptions { Credentials = credentials })
        );
    }

    [Fact]
    public async Task Options_win_over_the_profile()
    {
        var options = new ServerlessClientOptions
        {
            Credentials = Read(Config),
            Region = "us1",
            Edge = "ashburn",
        };

        Assert.Equal(
            ["serverless.ashburn.us1.twilio.com", "serverless-upload.ashburn.us1.twilio.com"],
            await GetHostsAsync(options)
        );
    }

    /// <summary>The secret must not go to another host.</summary>
    [Theory]
    [InlineData(
        "region",
        "evil.test/",
        "Region 'evil.test/' of apiKey of the Twilio CLI profile 'second' is not valid"
    )]
    [InlineData("region", "jp1", "Region 'jp1' of apiKey of the Twilio CLI profile 'second' was shut down")]
    [InlineData("edge", "evil.test#", "Edge 'evil.test#' of apiKey of the Twilio CLI profile 'second' is not valid")]
    public void A_region_or_edge_that_is_not_valid_is_rejected(string name, string value, string message)
    {
        var config = Config.Replace(
            name == "region" ? "\"ie1\"" : "\"dublin\"",
            $"\"{value}\"",
            StringComparison.Ordinal
        );
        var options = new ServerlessClientOptions { Credentials = Read(config) };

        var failure = Assert.Throws<ArgumentException>(() => new ServerlessClient(options));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_profile_names_those_that_exist()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Read(Config, "third"));

        Assert.Equal(
            $"There is no profile 'third' of the Twilio CLI in {File} (profiles: old, first, second). Run 'twilio login'.",
            failure.Message
        );
    }

    [Fact]
    public void A_missing_file()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Read(json: null));

        Assert.Equal(
            $"There is no profile of the Twilio CLI in {File} (profiles: none). Run 'twilio login'.",
            failure.Message
        );
        Assert.Contains(
            "~/.twilio-cli/config.json",
            Assert
                .Throws<InvalidOperationException>(() =>
                    TwilioCredentials.FromTwilioCli(profile: null, FakeEnvironment.Empty)
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_profile_whose_secret_is_in_the_key_chain()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Read(Config, "old"));

        Assert.StartsWith(
            $"The Twilio CLI profile 'old' in {File} has no API secret, because it is in the system key chain.",
            failure.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{ \"profiles\": { \"a\": { \"apiSecret\": \"" + Secret + "\" \"x\" } } }")]
    [InlineData("{ \"profiles\": " + Secret)]
    [InlineData("")]
    public void Broken_JSON_is_reported_without_its_content(string json)
    {
        var failure = Assert.Throws<InvalidDataException>(() => Read(json));

        Assert.Equal($"{File} has invalid JSON in line 1", failure.Message);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What is in the place of the SID can be the secret.</summary>
    [Fact]
    public void A_malformed_SID_is_reported_without_its_text()
    {
        var config = Config.Replace(TestCredentials.ApiKey, Secret, StringComparison.Ordinal);

        var failure = Assert.Throws<FormatException>(() => Read(config));

        Assert.Equal(
            "apiKey of the Twilio CLI profile 'second' is not the SID of an API key (SK followed by 32 hexadecimal digits).",
            failure.Message
        );
    }

    [Fact]
    public void Swapped_arguments_do_not_show_the_secret()
    {
        Assert.DoesNotContain(
            Secret,
            Assert.Throws<FormatException>(() => TwilioCredentials.ApiKey(Secret, TestCredentials.ApiKey)).ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Secret,
            Assert
                .Throws<FormatException>(() => TwilioCredentials.AuthToken(Secret, TestCredentials.AccountSid))
                .ToString(),
            StringComparison.Ordinal
        );
        var environment = FakeEnvironment.From(("TWILIO_API_KEY", Secret), ("TWILIO_API_SECRET", "x"));
        Assert.DoesNotContain(
            Secret,
            Assert.Throws<FormatException>(() => TwilioCredentials.FromEnvironment(environment)).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void No_text_has_the_secret() => Assert.DoesNotContain(Secret, $"{Read(Config)}", StringComparison.Ordinal);

    private TwilioCredentials Read(string? json, string? profile = null)
    {
        if (json is not null)
        {
            _home.Write(".twilio-cli/config.json", json);
        }

        return TwilioCredentials.FromTwilioCli(profile, FakeEnvironment.From(("HOME", _home.Path)));
    }

    /// <summary>The hosts of the API and of the uploads.</summary>
    private static async Task<IEnumerable<string>> GetHostsAsync(ServerlessClientOptions options)
    {
        using var handler = new StubHandler(_ => StubHandler.Json("{}", System.Net.HttpStatusCode.BadRequest));
        options.HttpMessageHandler = handler;
        using var client = new ServerlessClient(options);
        var token = TestContext.Current.CancellationToken;
        await Record.ExceptionAsync(() => client.Services.FetchAsync("site", token));
        await Record.ExceptionAsync(() =>
            client.AssetVersions.CreateAsync(
                "site",
                TestSid.From("ZH1"),
                "/a",
                Visibility.Public,
                AssetContent.FromText("x"),
                token
            )
        );
        return handler.Requests.Select(request => request.Address.Host);
    }
}
