using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Settings;

public sealed class ServiceSettingsValidatorTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private DiagnosticBag _problems = [];

    public void Dispose() => _temp.Dispose();

    private SettingValues Settings => TestSettings.Create(_temp);

    [Fact]
    public void Valid_settings_are_taken_as_they_are()
    {
        var options = Read(
            Settings
                .With(SettingTable.CreateService, true)
                .With(SettingTable.MaxConcurrency, 3)
                .With(SettingTable.RequestTimeout, 5)
                .With(SettingTable.Timeout, 6)
                .With(SettingTable.Environment, "prod")
        );
        Assert.Empty(_problems);
        Assert.NotNull(options);
        Assert.Equal(
            (TestSettings.ServiceSid, false, "prod"),
            (options.ServiceSidOrName, options.CreateService, options.Environment)
        );
        Assert.Equal(
            (3, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)),
            (options.MaxConcurrency, options.RequestTimeout, options.Timeout)
        );
        Assert.Equal(TestSettings.AccountSid, options.Credentials.User);
    }

    [Fact]
    public void A_service_that_is_named_may_be_created_and_no_ceiling_is_null()
    {
        var options = Read(
            Settings
                .With(SettingTable.ServiceSid, "")
                .With(SettingTable.ServiceName, "my-site-2")
                .With(SettingTable.CreateService, true)
        );
        Assert.Equal(
            ("my-site-2", true, null),
            (options!.ServiceSidOrName, options.CreateService, options.MaxConcurrency)
        );
    }

    [Theory]
    [InlineData("ZS123")]
    [InlineData("AC00000000000000000000000000000001")]
    [InlineData("zs00000000000000000000000000000001")]
    [InlineData("ZS0000000000000000000000000000000g")]
    [InlineData("ZS00000000000000000000000000000001\n")]
    public void A_malformed_service_SID_is_an_error(string sid)
    {
        Assert.Null(Read(Settings.With(SettingTable.ServiceSid, sid)));
        DiagnosticAssert.SingleError(
            _problems,
            "SAB1003",
            null,
            $"ServerlessAssetsServiceSid '{LogSanitizer.HideSecret(sid)}'",
            "ZS followed by 32 hexadecimal digits",
            "Copy the SID from"
        );
    }

    [Fact]
    public void Neither_SID_nor_name_is_an_error()
    {
        Assert.Null(Read(Settings.With(SettingTable.ServiceSid, null)));
        DiagnosticAssert.SingleError(
            _problems,
            "SAB1004",
            null,
            "Set ServerlessAssetsServiceSid",
            "ServerlessAssetsServiceName"
        );
    }

    [Fact]
    public void A_name_has_at_most_50_letters_digits_and_dashes()
    {
        Assert.NotNull(
            Read(Settings.With(SettingTable.ServiceSid, null).With(SettingTable.ServiceName, new string('a', 50)))
        );
        Assert.Empty(_problems);

        foreach (var name in new[] { new string('a', 51), "my site", "my_site", "caf\u00e9", "my-site\n", "a/b" })
        {
            _problems = [];
            Assert.Null(Read(Settings.With(SettingTable.ServiceSid, null).With(SettingTable.ServiceName, name)));
            DiagnosticAssert.SingleError(
                _problems,
                "SAB1005",
                null,
                $"ServerlessAssetsServiceName '{LogSanitizer.Escape(name)}' ({name.Length} characters)",
                "at most 50 letters, digits and dashes",
                "Choose the name with care"
            );
        }
    }

    [Theory]
    [InlineData(null, null, "https://serverless.twilio.com/", "https://serverless-upload.twilio.com/")]
    [InlineData("", " ", "https://serverless.twilio.com/", "https://serverless-upload.twilio.com/")]
    [InlineData(
        "us1",
        null,
        "https://serverless.ashburn.us1.twilio.com/",
        "https://serverless-upload.ashburn.us1.twilio.com/"
    )]
    [InlineData(
        "ie1",
        null,
        "https://serverless.dublin.ie1.twilio.com/",
        "https://serverless-upload.dublin.ie1.twilio.com/"
    )]
    [InlineData(
        " IE1 ",
        null,
        "https://serverless.dublin.ie1.twilio.com/",
        "https://serverless-upload.dublin.ie1.twilio.com/"
    )]
    [InlineData(
        "ie1",
        "frankfurt",
        "https://serverless.frankfurt.ie1.twilio.com/",
        "https://serverless-upload.frankfurt.ie1.twilio.com/"
    )]
    [InlineData(
        null,
        "dublin",
        "https://serverless.dublin.us1.twilio.com/",
        "https://serverless-upload.dublin.us1.twilio.com/"
    )]
    [InlineData("jp1", null, "https://serverless.jp1.twilio.com/", "https://serverless-upload.jp1.twilio.com/")]
    public void Region_and_edge_are_part_of_the_host_names(string? region, string? edge, string api, string upload)
    {
        var settings = Read(Settings.With(SettingTable.Region, region).With(SettingTable.Edge, edge));
        var variables = Read(Settings, ("TWILIO_REGION", region), ("TWILIO_EDGE", edge));
        Assert.Equal((api, upload), (settings!.Endpoints.Api.AbsoluteUri, settings.Endpoints.Upload.AbsoluteUri));
        Assert.Equal(settings.Endpoints, variables!.Endpoints);
        Assert.Empty(_problems);
    }

    [Fact]
    public void A_setting_wins_over_the_variable_and_an_origin_over_both()
    {
        Assert.Equal(
            "https://serverless.dublin.ie1.twilio.com/",
            Read(Settings.With(SettingTable.Region, "ie1"), ("TWILIO_REGION", "us1"))!.Endpoints.Api.AbsoluteUri
        );
        var endpoints = Read(
            Settings
                .With(SettingTable.ApiBaseUrl, "https://proxy.example:8443")
                .With(SettingTable.UploadBaseUrl, "https://proxy.example:8444"),
            ("TWILIO_REGION", "ie1")
        )!.Endpoints;
        Assert.Equal(
            ("https://proxy.example:8443/", "https://proxy.example:8444/"),
            (endpoints.Api.AbsoluteUri, endpoints.Upload.AbsoluteUri)
        );
    }

    [Theory]
    [InlineData("au1")]
    [InlineData("AU1")]
    public void A_region_without_the_service_is_a_warning_and_the_run_goes_on(string region)
    {
        Assert.Equal(
            "https://serverless.sydney.au1.twilio.com/",
            Read(Settings.With(SettingTable.Region, region))!.Endpoints.Api.AbsoluteUri
        );
        DiagnosticAssert.SingleWarning(
            _problems,
            "SAB1008",
            null,
            $"'{region}'",
            "is not available in region",
            "to us1 or ie1"
        );
    }

    [Theory]
    [InlineData("evil.example/")]
    [InlineData("us1.evil")]
    [InlineData("us1@evil")]
    [InlineData("-us1")]
    [InlineData("us 1")]
    public void Region_and_edge_can_lead_to_no_other_host(string value)
    {
        Assert.Null(Read(Settings.With(SettingTable.Region, value)));
        Assert.Null(Read(Settings.With(SettingTable.Edge, value)));
        DiagnosticAssert.Same(
            _problems,
            ConfigurationDiagnostics.MalformedRegion($"{SettingTable.Region}", value),
            ConfigurationDiagnostics.MalformedRegion($"{SettingTable.Edge}", value)
        );
        Assert.StartsWith(
            $"ServerlessAssetsEdge '{value}' is not valid: expected letters, digits and dashes",
            _problems[1].Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_region_or_edge_that_is_not_valid_is_reported_with_its_source()
    {
        Assert.Null(Read(Settings, ("TWILIO_REGION", "us 1"), ("TWILIO_EDGE", "a/b")));
        DiagnosticAssert.Same(
            _problems,
            ConfigurationDiagnostics.MalformedRegion($"TWILIO_REGION", "us 1"),
            ConfigurationDiagnostics.MalformedRegion($"TWILIO_EDGE", "a/b")
        );
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("-a")]
    [InlineData("../x")]
    public void An_Environment_name_that_is_not_valid_is_an_error_also_without_a_deployment(string name)
    {
        Assert.Null(Read(Settings.With(SettingTable.Environment, name)));
        DiagnosticAssert.Same(_problems, ConfigurationDiagnostics.MalformedEnvironmentName(name, 100));
    }

    [Theory]
    [InlineData("https://api.example")]
    [InlineData("https://api.example/")]
    [InlineData("HTTPS://api.example:444")]
    [InlineData("http://127.0.0.1:5000")]
    [InlineData("http://localhost:5000/")]
    [InlineData("http://[::1]:5000")]
    public void An_origin_is_https_or_a_loopback_address(string origin)
    {
        Assert.NotNull(Read(Settings.With(SettingTable.ApiBaseUrl, origin).With(SettingTable.UploadBaseUrl, origin)));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("http://api.example")]
    [InlineData("http://127.0.0.1.evil.example")]
    [InlineData("http://localhost.evil.example")]
    [InlineData("ftp://api.example")]
    [InlineData("https://api.example/v1")]
    [InlineData("https://api.example?x=1")]
    [InlineData("https://api.example/#x")]
    [InlineData("api.example")]
    [InlineData("/v1")]
    [InlineData("file:///etc/passwd")]
    public void Any_other_origin_is_an_error_that_names_setting_and_value(string origin)
    {
        Assert.Null(Read(Settings.With(SettingTable.ApiBaseUrl, origin).With(SettingTable.UploadBaseUrl, origin)));
        DiagnosticAssert.Same(
            _problems,
            ConfigurationDiagnostics.MalformedBaseUrl(SettingTable.ApiBaseUrl, origin),
            ConfigurationDiagnostics.MalformedBaseUrl(SettingTable.UploadBaseUrl, origin)
        );
        Assert.StartsWith(
            $"ServerlessAssetsApiBaseUrl '{origin}' is not a valid base URL",
            _problems[0].Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("https://me:hunter2@api.example")]
    [InlineData("https://me:hunter2@@api.example/v1")]
    [InlineData("me:hunter2@api.example")]
    public void A_password_in_an_origin_is_an_error_that_does_not_show_it(string origin)
    {
        Assert.Null(Read(Settings.With(SettingTable.ApiBaseUrl, origin)));
        DiagnosticAssert.SingleError(_problems, "SAB1006", null, "ServerlessAssetsApiBaseUrl '", "@api.example");
        Assert.DoesNotContain("hunter2", _problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_have_their_least_and_their_greatest_value()
    {
        Assert.NotNull(
            Read(
                Settings
                    .With(SettingTable.MaxConcurrency, 0)
                    .With(SettingTable.RequestTimeout, 1)
                    .With(SettingTable.Timeout, 1)
            )
        );
        Assert.NotNull(
            Read(
                Settings
                    .With(SettingTable.MaxConcurrency, int.MaxValue)
                    .With(SettingTable.RequestTimeout, 2_592_000)
                    .With(SettingTable.Timeout, 2_592_000)
            )
        );
        Assert.Empty(_problems);

        Assert.Null(
            Read(
                Settings
                    .With(SettingTable.MaxConcurrency, -1)
                    .With(SettingTable.RequestTimeout, 0)
                    .With(SettingTable.Timeout, -5)
            )
        );
        Assert.Null(
            Read(Settings.With(SettingTable.RequestTimeout, 2_592_001).With(SettingTable.Timeout, int.MaxValue))
        );
        Assert.Equal(
            [
                "ServerlessAssetsMaxConcurrency '-1' is not valid: expected a whole number of at least 0.",
                "ServerlessAssetsRequestTimeout '0' is not valid: expected a whole number from 1 to 2592000.",
                "ServerlessAssetsTimeout '-5' is not valid: expected a whole number from 1 to 2592000.",
                "ServerlessAssetsRequestTimeout '2592001' is not valid: expected a whole number from 1 to 2592000.",
                "ServerlessAssetsTimeout '2147483647' is not valid: expected a whole number from 1 to 2592000.",
            ],
            _problems.Select(problem => problem.Message)
        );
        Assert.All(
            _problems,
            problem => Assert.Equal(("SAB1009", DiagnosticSeverity.Error), (problem.Code, problem.Severity))
        );
    }

    [Fact]
    public void The_emulator_needs_no_credentials()
    {
        var host = new EngineContext { Logger = new RecordingLogger(), GetEnvironmentVariable = FakeEnvironment.Empty };
        Assert.Equal(
            "AC00000000000000000000000000000000",
            ServiceSettingsValidator
                .Validate(Settings.With(SettingTable.Emulator, true), host, _problems)!
                .Credentials.User
        );
        Assert.Empty(_problems);
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        var host = new EngineContext { Logger = new RecordingLogger(), GetEnvironmentVariable = FakeEnvironment.Empty };
        Assert.Null(
            ServiceSettingsValidator.Validate(
                Settings
                    .With(SettingTable.ServiceSid, "x")
                    .With(SettingTable.Edge, "/")
                    .With(SettingTable.Region, "au1")
                    .With(SettingTable.MaxConcurrency, -1),
                host,
                _problems
            )
        );
        Assert.Equal(
            ["SAB1009", "SAB1003", "SAB1007", "SAB1008", "SAB1001"],
            _problems.Select(problem => problem.Code)
        );
    }

    private ValidatedServiceSettings? Read(SettingValues settings, params (string, string?)[] variables)
    {
        var environment = FakeEnvironment.From(variables);
        var host = new EngineContext
        {
            Logger = new RecordingLogger(),
            GetEnvironmentVariable = name => environment(name) ?? TestSettings.Environment(name),
        };
        return ServiceSettingsValidator.Validate(settings, host, _problems);
    }
}
