using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Serverless.Assets.Client;
using Serverless.Assets.Telemetry;
using Serverless.Assets.Tests.Support;

namespace Serverless.Assets.Tests.Api;

/// <summary>What the tests of the client share: a client of a service that is a function.</summary>
public abstract class ApiTest : IDisposable
{
    internal const string Service = SomeSettings.ServiceSid;
    internal const string AssetJson =
        """{ "sid": "ZH00000000000000000000000000000001", "friendly_name": "/a.txt", "date_created": "2026-01-02T03:04:05Z", "more": { "fields": [] } }""";

    private readonly List<ServerlessClient> _clients = [];

    internal RecordingLogger Logger { get; } = new();

    internal SkippingClock Clock { get; } = new();

    internal static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        GC.SuppressFinalize(this);
    }

    internal ServerlessClient Api(StubHandler handler, TimeProvider? clock = null)
    {
        var client = new ServerlessClient(
            SomeSettings.Client with
            {
                Clock = clock ?? Clock,
                HandlerFactory = () => handler,
                Observers = [new RequestTracer(Logger)],
            }
        );
        _clients.Add(client);
        return client;
    }

    /// <summary>Fails so many times as <paramref name="failure"/> says, and then answers.</summary>
    internal static StubHandler Failing(string failure, int times, string thenJson)
    {
        var left = times;
        return new StubHandler(_ => Interlocked.Decrement(ref left) >= 0 ? Fail(failure) : StubHandler.Json(thenJson));
    }

    /// <summary>A failure by name: a status, or what may happen to a connection.</summary>
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
