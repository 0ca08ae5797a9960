using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Serverless.Assets.Client.Tests.Credentials;
using Serverless.Assets.Client.Tests.Telemetry;

namespace Serverless.Assets.Client.Tests.DependencyInjection;

/// <summary><c>services.AddServerlessAssetsClient</c>.</summary>
public sealed class ServiceCollectionTests : EmulatorTest
{
    private readonly ServiceCollection _services = new();

    [Fact]
    public async Task The_client_is_a_singleton_with_the_configured_options()
    {
        _services.AddServerlessAssetsClient(Configure);
        await using var provider = _services.BuildServiceProvider();

        var client = provider.GetRequiredService<ServerlessClient>();

        Assert.Same(client, provider.GetRequiredService<ServerlessClient>());
        await using (var scope = provider.CreateAsyncScope())
        {
            Assert.Same(client, scope.ServiceProvider.GetRequiredService<ServerlessClient>());
        }

        Assert.Equal(Asset, Assert.Single(await client.Assets.ListAllAsync(Service, Cancellation)).Sid);
    }

    [Fact]
    public async Task Options_can_be_configured_elsewhere()
    {
        _services.Configure<ServerlessClientOptions>(Configure);
        _services.AddServerlessAssetsClient();
        _services.Configure<ServerlessClientOptions>(options => options.EnforceServiceLimits = false);
        await using var provider = _services.BuildServiceProvider();
        var client = provider.GetRequiredService<ServerlessClient>();

        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            client.Variables.CreateAsync(Service, Environment, "KEY", new string('x', 451), Cancellation)
        );
    }

    [Fact]
    public async Task The_handler_of_the_factory_sends_the_requests()
    {
        var added = new AddedHandler();
        _services.AddServerlessAssetsClient(Configure).AddHttpMessageHandler(() => added);
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<ServerlessClient>().Assets.ListAllAsync(Service, Cancellation);

        Assert.Equal(1, added.Sent);
        Assert.Equal(0, Sent);
    }

    [Fact]
    public async Task A_handler_in_the_options_replaces_that_of_the_factory()
    {
        var added = new AddedHandler();
        _services
            .AddServerlessAssetsClient(options =>
            {
                Configure(options);
                options.HttpMessageHandler = Handler;
            })
            .AddHttpMessageHandler(() => added);
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<ServerlessClient>().Assets.ListAllAsync(Service, Cancellation);

        Assert.Equal((0, 1), (added.Sent, Sent));
    }

    [Fact]
    public async Task Adding_the_client_twice_does_no_harm()
    {
        _services.AddServerlessAssetsClient(Configure);
        _services.AddServerlessAssetsClient(options => options.EnforceServiceLimits = false);
        await using var provider = _services.BuildServiceProvider();

        Assert.Single(provider.GetServices<ServerlessClient>());
        Assert.False(provider.GetRequiredService<IOptions<ServerlessClientOptions>>().Value.EnforceServiceLimits);
        await provider.GetRequiredService<ServerlessClient>().Assets.ListAllAsync(Service, Cancellation);
        Assert.Single(Requests);
    }

    [Fact]
    public async Task The_provider_disposes_the_client()
    {
        _services.AddServerlessAssetsClient(Configure);
        ServerlessClient client;
        await using (var provider = _services.BuildServiceProvider())
        {
            client = provider.GetRequiredService<ServerlessClient>();
        }

        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Assets.ListAllAsync(Service, Cancellation));
    }

    [Fact]
    public void Invalid_options_fail_when_the_client_is_resolved()
    {
        using var variables = new CredentialVariables();
        _services.AddServerlessAssetsClient(Break);
        using var provider = _services.BuildServiceProvider();

        AssertProblems(
            Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ServerlessClient>())
        );
    }

    [Fact]
    public async Task Invalid_options_fail_when_the_host_starts()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddServerlessAssetsClient(Break);
        using var variables = new CredentialVariables();
        using var host = builder.Build();

        AssertProblems(await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation)));
    }

    [Fact]
    public void Credentials_of_the_environment_are_used()
    {
        using var variables = new CredentialVariables(
            ("TWILIO_API_KEY", TestCredentials.ApiKey),
            ("TWILIO_API_SECRET", TestCredentials.Secret)
        );
        _services.AddServerlessAssetsClient();
        using var provider = _services.BuildServiceProvider();

        Assert.NotNull(provider.GetRequiredService<ServerlessClient>());
    }

    [Fact]
    public void A_malformed_SID_in_the_environment_is_a_problem_of_the_options()
    {
        using var variables = new CredentialVariables(
            ("TWILIO_API_KEY", TestCredentials.Secret),
            ("TWILIO_API_SECRET", TestCredentials.ApiKey)
        );
        _services.AddServerlessAssetsClient();
        using var provider = _services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<ServerlessClient>());

        Assert.Equal(
            [
                "Credentials are not set. TWILIO_API_KEY is not the SID of an API key (SK followed by 32 hexadecimal "
                    + "digits).",
            ],
            failure.Failures
        );
    }

    [Fact]
    public async Task Valid_options_let_the_host_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddServerlessAssetsClient(Configure);
        using var host = builder.Build();

        await host.StartAsync(Cancellation);

        Assert.Empty(Requests);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_loggers_of_the_host_get_the_attempts_and_no_secret()
    {
        using var log = new LogRecorder();
        _services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace));
        _services.AddServerlessAssetsClient(Configure);
        await using var provider = _services.BuildServiceProvider();

        await provider.GetRequiredService<ServerlessClient>().Assets.ListAllAsync(Service, Cancellation);

        Assert.Single(
            log.Entries,
            entry => entry.StartsWith("Serverless.Assets.Client Debug RequestSucceeded ", StringComparison.Ordinal)
        );
        var secrets = new[]
        {
            TestCredentials.Secret,
            TwilioCredentials.ApiKey(TestCredentials.ApiKey, TestCredentials.Secret).ToHeader().Parameter!,
        };
        Assert.Contains(log.Entries, entry => entry.Contains("Authorization", StringComparison.Ordinal));
        Assert.All(
            log.Entries,
            entry => Assert.All(secrets, secret => Assert.DoesNotContain(secret, entry, StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_services_are_required() =>
        Assert.Throws<ArgumentNullException>(() =>
            ServerlessAssetsServiceCollectionExtensions.AddServerlessAssetsClient(null!)
        );

    private static void Break(ServerlessClientOptions options)
    {
        options.Credentials = null;
        options.Region = "br1";
        options.MaxConcurrency = 0;
    }

    private static void AssertProblems(OptionsValidationException failure)
    {
        Assert.Equal(
            [
                "Region 'br1' was shut down in April 2026. Use us1 or ie1.",
                "MaxConcurrency must be at least 1, but is 0.",
                "Credentials are not set. Set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and "
                    + "TWILIO_AUTH_TOKEN.",
            ],
            failure.Failures
        );
        Assert.Equal(typeof(ServerlessClientOptions), failure.OptionsType);
    }

    /// <summary>Without a handler, so that the one of the factory is used.</summary>
    private void Configure(ServerlessClientOptions options)
    {
        var source = CreateOptions();
        options.Credentials = source.Credentials;
        options.ApiBaseUrl = source.ApiBaseUrl;
        options.UploadBaseUrl = source.UploadBaseUrl;
    }

    private sealed class AddedHandler : DelegatingHandler
    {
        private int _sent;

        public int Sent => _sent;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Interlocked.Increment(ref _sent);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
