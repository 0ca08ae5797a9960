using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Serverless.Assets.Client.Tests;

/// <summary>Creates clients whose requests a function answers, and the answers that tests have in common.</summary>
public abstract class ClientTest : IDisposable
{
    internal const string Service = TestSettings.ServiceSid;
    internal const string AssetJson =
        """{ "sid": "ZH00000000000000000000000000000001", "friendly_name": "/a.txt", "date_created": "2026-01-02T03:04:05Z", "more": { "fields": [] } }""";

    private readonly List<ServerlessClient> _clients = [];

    internal SkippingClock Clock { get; } = new();

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        GC.SuppressFinalize(this);
    }

    internal ServerlessClient CreateClient(StubHandler handler, TimeProvider? clock = null) =>
        Track(new ServerlessClient(TestSettings.CreateClientOptions(handler, clock ?? Clock)));

    /// <summary>Disposes a client at the end of the test.</summary>
    internal ServerlessClient Track(ServerlessClient client)
    {
        _clients.Add(client);
        return client;
    }

    /// <summary>Fails a number of times, then answers with JSON.</summary>
    /// <param name="failure">One of the names of <see cref="Fail"/>.</param>
    internal static StubHandler Failing(string failure, int times, string thenJson)
    {
        var left = times;
        return new StubHandler(_ => Interlocked.Decrement(ref left) >= 0 ? Fail(failure) : StubHandler.Json(thenJson));
    }

    /// <summary>Receives a request, and lets its caller cancel it.</summary>
    internal static StubHandler CancelWhileSending(CancellationTokenSource caller) =>
        new(
            async (_, token) =>
            {
                await caller.CancelAsync();
                token.ThrowIfCancellationRequested();
                return null!;
            }
        );

    /// <summary>Answers with a status or a broken body, or throws what the handler throws when a connection fails.</summary>
    /// <param name="failure">A status code, or a name from the list below.</param>
    internal static HttpResponseMessage Fail(string failure) =>
        failure switch
        {
            "refused" => throw new HttpRequestException(
                HttpRequestError.ConnectionError,
                "x",
                new SocketException((int)SocketError.ConnectionRefused)
            ),
            "proxy" => throw new HttpRequestException(HttpRequestError.ProxyTunnelError, "the proxy said no"),
            "name-later" => throw new HttpRequestException(
                HttpRequestError.NameResolutionError,
                "x",
                new SocketException((int)SocketError.TryAgain)
            ),
            "name" => throw new HttpRequestException(
                HttpRequestError.NameResolutionError,
                "x",
                new SocketException((int)SocketError.HostNotFound)
            ),
            "tls" => throw new HttpRequestException(
                HttpRequestError.SecureConnectionError,
                "x",
                new AuthenticationException("the certificate is not trusted")
            ),
            "tls-by-kind" => throw new HttpRequestException(HttpRequestError.SecureConnectionError, "handshake failed"),

            // .NET 10 throws this if the peer resets a connection while it is established.
            "socket" => throw new SocketException((int)SocketError.NotConnected),
            "cut" => throw new HttpRequestException(HttpRequestError.ResponseEnded, "x", new IOException("cut")),
            "cut-body" => new HttpResponseMessage
            {
                Content = new StreamContent(new BrokenStream(new IOException("cut"))),
            },
            "gzip" => new HttpResponseMessage
            {
                Content = new StreamContent(new BrokenStream(new InvalidDataException("no gzip"))),
            },
            "json" => StubHandler.Json("{"),
            "null" => StubHandler.Json("null"),
            "html" => StubHandler.Html(HttpStatusCode.OK),
            _ => StubHandler.Json(
                "{}",
                (HttpStatusCode)int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture)
            ),
        };

    private sealed class BrokenStream(Exception failure) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw failure;
    }
}
