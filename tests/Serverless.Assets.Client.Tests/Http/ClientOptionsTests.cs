using System.Net;
using System.Net.Sockets;
using System.Text;
using Serverless.Assets.Client.Tests.Credentials;

namespace Serverless.Assets.Client.Tests.Http;

/// <summary>The options of a client: their rules, and what the client makes of them.</summary>
public sealed class ClientOptionsTests
{
    private static readonly TwilioCredentials Credentials = TwilioCredentials.ApiKey(
        TestCredentials.ApiKey,
        TestCredentials.Secret
    );

    public static TheoryData<string, string> Invalid =>
        new()
        {
            { "Region", "Region 'a/b' is not valid: expected letters, digits and inner dashes, such as us1." },
            { "Edge", "Edge '' is not valid: expected letters, digits and inner dashes, such as us1." },
            { "RetiredRegion", "Region 'br1' was shut down in April 2026. Use us1 or ie1." },
            { "ApiBaseUrl", Origin("ApiBaseUrl") },
            { "UploadBaseUrl", Origin("UploadBaseUrl") },
            { "OneBaseUrl", "Set both ApiBaseUrl and UploadBaseUrl or neither: credentials are sent to both." },
            { "RequestTimeout", "RequestTimeout must be from 1 millisecond to 24 days, but is -00:00:00.0010000." },
            { "RetryTimeout", "RetryTimeout must be from 1 millisecond to 24 days, but is 25.00:00:00." },
            { "MaxConcurrency", "MaxConcurrency must be at least 1, but is 0." },
        };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Invalid))]
    public void An_invalid_option_is_an_ArgumentException(string option, string message)
    {
        var options = new ServerlessClientOptions { Credentials = Credentials };
        Break(options, option);

        var failure = Assert.Throws<ArgumentException>(() => new ServerlessClient(options));

        Assert.Equal(("options", $"{message} (Parameter 'options')"), (failure.ParamName, failure.Message));
    }

    [Fact]
    public void All_problems_are_in_one_message()
    {
        var options = new ServerlessClientOptions { Credentials = Credentials };
        string[] broken = ["Region", "Edge", "ApiBaseUrl", "RequestTimeout", "RetryTimeout", "MaxConcurrency"];
        Array.ForEach(broken, option => Break(options, option));
        options.UploadBaseUrl = null;

        var failure = Assert.Throws<ArgumentException>(() => new ServerlessClient(options));

        Assert.All(broken, option => Assert.Contains($"{option} ", failure.Message, StringComparison.Ordinal));
        Assert.Contains("Set both", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new ServerlessClient(null!));
    }

    [Fact]
    public void Without_credentials_there_is_no_client()
    {
        using var variables = new CredentialVariables();

        Assert.Equal(
            "Set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
            Assert.Throws<InvalidOperationException>(() => new ServerlessClient()).Message
        );
        Assert.Throws<InvalidOperationException>(() => new ServerlessClient(new ServerlessClientOptions()));
    }

    [Fact]
    public void Credentials_of_the_environment_are_used()
    {
        using var variables = new CredentialVariables(
            ("TWILIO_ACCOUNT_SID", TestCredentials.AccountSid),
            ("TWILIO_AUTH_TOKEN", TestCredentials.Secret)
        );

        using var client = new ServerlessClient();

        Assert.Equal(TestCredentials.AccountSid, TwilioCredentials.FromEnvironment().User);
    }

    [Fact]
    public async Task Region_and_edge_of_the_environment_are_used()
    {
        using var variables = new CredentialVariables(
            ("TWILIO_ACCOUNT_SID", TestCredentials.AccountSid),
            ("TWILIO_AUTH_TOKEN", TestCredentials.Secret),
            ("TWILIO_REGION", " ie1 "),
            ("TWILIO_EDGE", "")
        );
        using var handler = new StubHandler(_ => StubHandler.Json("{}", HttpStatusCode.BadRequest));
        using var client = new ServerlessClient(new ServerlessClientOptions { HttpMessageHandler = handler });

        await SendAsync(client);

        Assert.All(
            handler.Requests,
            request => Assert.EndsWith(".dublin.ie1.twilio.com", request.Address.Host, StringComparison.Ordinal)
        );
    }

    /// <summary>They decide to which host the secret goes.</summary>
    [Theory]
    [InlineData(
        "evil.test/",
        "Region 'evil.test/' of the environment is not valid: expected letters, digits and inner dashes, such as us1."
    )]
    [InlineData("us2", "Region 'us2' of the environment was shut down in April 2026. Use us1 or ie1.")]
    public void A_region_of_the_environment_is_checked(string region, string problem)
    {
        using var variables = new CredentialVariables(
            ("TWILIO_ACCOUNT_SID", TestCredentials.AccountSid),
            ("TWILIO_AUTH_TOKEN", TestCredentials.Secret),
            ("TWILIO_REGION", region)
        );

        var failure = Assert.Throws<ArgumentException>(() => new ServerlessClient());

        Assert.Equal($"{problem} (Parameter 'options')", failure.Message);
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("https://example.com/path")]
    [InlineData("https://example.com/?query")]
    [InlineData("https://example.com/#fragment")]
    [InlineData("https://user:password@example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("relative")]
    public void Credentials_are_only_sent_to_an_origin(string address)
    {
        var uri = new Uri(address, UriKind.RelativeOrAbsolute);
        var options = new ServerlessClientOptions
        {
            Credentials = Credentials,
            ApiBaseUrl = uri,
            UploadBaseUrl = uri,
        };

        var failure = Assert.Throws<ArgumentException>(() => new ServerlessClient(options));

        Assert.Equal($"{Origin("ApiBaseUrl")} {Origin("UploadBaseUrl")} (Parameter 'options')", failure.Message);
    }

    [Theory]
    [InlineData(null, null, "https://serverless.twilio.com/", "https://serverless-upload.twilio.com/")]
    [InlineData(
        "ie1",
        null,
        "https://serverless.dublin.ie1.twilio.com/",
        "https://serverless-upload.dublin.ie1.twilio.com/"
    )]
    [InlineData(
        null,
        "dublin",
        "https://serverless.dublin.us1.twilio.com/",
        "https://serverless-upload.dublin.us1.twilio.com/"
    )]
    [InlineData("xx1", null, "https://serverless.xx1.twilio.com/", "https://serverless-upload.xx1.twilio.com/")]
    public async Task Without_origins_region_and_edge_decide(string? region, string? edge, string api, string upload)
    {
        using var handler = new StubHandler(_ => StubHandler.Json("{}", HttpStatusCode.BadRequest));
        using var client = new ServerlessClient(
            new ServerlessClientOptions
            {
                Credentials = Credentials,
                Region = region,
                Edge = edge,
                HttpMessageHandler = handler,
            }
        );

        await SendAsync(client);

        Assert.Equal(
            [api, upload],
            handler.Requests.Select(request => request.Address.GetLeftPart(UriPartial.Authority) + "/")
        );
    }

    [Fact]
    public async Task Changes_after_the_creation_have_no_effect()
    {
        using var handler = new StubHandler(_ => StubHandler.Json("{}", HttpStatusCode.BadRequest));
        using var other = new StubHandler(_ => throw new InvalidOperationException());
        var options = new ServerlessClientOptions
        {
            Credentials = Credentials,
            ApiBaseUrl = new Uri("https://api.test"),
            UploadBaseUrl = new Uri("https://upload.test"),
            HttpMessageHandler = handler,
        };
        using var client = new ServerlessClient(options);
        options.Credentials = TwilioCredentials.ApiKey(TestCredentials.ApiKey, "another-secret");
        options.ApiBaseUrl = options.UploadBaseUrl = new Uri("https://elsewhere.test");
        options.HttpMessageHandler = other;
        options.EnforceServiceLimits = false;
        options.MaxConcurrency = 0;

        await SendAsync(client);

        Assert.Equal(["api.test", "upload.test"], handler.Requests.Select(request => request.Address.Host));
        Assert.Equal(
            Credentials.ToHeader().Parameter,
            Assert.Single(handler.Requests.Select(request => request.Headers.Authorization!.Parameter).Distinct())
        );
        await Assert.ThrowsAsync<ArgumentException>(() =>
            client.Variables.CreateAsync("site", TestSid.From("ZE1"), "key", new string('x', 451), Cancellation)
        );
        Assert.Empty(other.Requests);
    }

    [Fact]
    public void A_handler_of_the_caller_is_not_disposed()
    {
        using var handler = new DisposableHandler();
        var client = new ServerlessClient(
            new ServerlessClientOptions { Credentials = Credentials, HttpMessageHandler = handler }
        );

        client.Dispose();

        Assert.False(handler.IsDisposed);
    }

    [Fact]
    public async Task The_clients_own_handler_is_disposed_with_its_connections()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var origin = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var client = new ServerlessClient(
            new ServerlessClientOptions
            {
                Credentials = Credentials,
                ApiBaseUrl = origin,
                UploadBaseUrl = origin,
            }
        );
        var call = Record.ExceptionAsync(() => client.Services.FetchAsync("site", Cancellation)).AsTask();
        using var connection = await listener.AcceptTcpClientAsync(Cancellation);
        var stream = connection.GetStream();
        var buffer = new byte[16 * 1024];
        Assert.NotEqual(0, await stream.ReadAsync(buffer, Cancellation));
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"),
            Cancellation
        );
        Assert.IsType<ServerlessApiException>(await call.WithinAsync("the response"));

        client.Dispose();

        Assert.Equal(0, await stream.ReadAsync(buffer, Cancellation).AsTask().WithinAsync("the end of the connection"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Services.FetchAsync("site", Cancellation));
    }

    private static string Origin(string option) =>
        $"{option} is not valid: expected https://host, or http:// with a loopback address, without a path, query or user name.";

    private static void Break(ServerlessClientOptions options, string option)
    {
        switch (option)
        {
            case "Region":
                options.Region = "a/b";
                break;
            case "Edge":
                options.Edge = "";
                break;
            case "RetiredRegion":
                options.Region = "br1";
                break;
            case "ApiBaseUrl":
                options.ApiBaseUrl = new Uri("http://example.com");
                options.UploadBaseUrl = new Uri("https://example.com");
                break;
            case "UploadBaseUrl":
                options.ApiBaseUrl = new Uri("https://example.com");
                options.UploadBaseUrl = new Uri("http://example.com");
                break;
            case "OneBaseUrl":
                options.UploadBaseUrl = new Uri("https://example.com");
                break;
            case "RequestTimeout":
                options.RequestTimeout = Timeout.InfiniteTimeSpan;
                break;
            case "RetryTimeout":
                options.RetryTimeout = TimeSpan.FromDays(25);
                break;
            case "MaxConcurrency":
                options.MaxConcurrency = 0;
                break;
        }
    }

    /// <summary>Sends one request to each origin, which both fail.</summary>
    private static async Task SendAsync(ServerlessClient client)
    {
        await Assert.ThrowsAsync<ServerlessApiException>(() => client.Services.FetchAsync("site", Cancellation));
        await Assert.ThrowsAsync<ServerlessApiException>(() =>
            client.AssetVersions.CreateAsync(
                "site",
                TestSid.From("ZH1"),
                "/a",
                Visibility.Public,
                AssetContent.FromText("x"),
                Cancellation
            )
        );
    }

    private sealed class DisposableHandler : HttpClientHandler
    {
        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
