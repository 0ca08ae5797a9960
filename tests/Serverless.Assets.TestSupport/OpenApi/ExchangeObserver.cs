using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// Compares all exchanges of an emulator with the service's description, as they pass. It reads the requests and the
/// responses itself, not what the emulator makes of them.
/// </summary>
/// <remarks>
/// It ignores what fault settings damage: requests whose connection is closed before the response is complete, and with
/// <see cref="Emulator.EmulatorFaults.RateBrokenJson"/> responses that are no JSON.
/// </remarks>
internal sealed class ExchangeObserver(OpenApiDescription description)
{
    private readonly ExchangeCheck _check = new(description);
    private readonly ConcurrentQueue<string> _problems = new();

    /// <summary>Whether a fault setting can break the JSON of a response.</summary>
    public Func<bool> BreaksJson { get; set; } = () => false;

    /// <summary>Middleware of the emulator.</summary>
    public async Task ObserveAsync(HttpContext context, Func<Task> next)
    {
        var request = context.Request;
        if (!request.Path.StartsWithSegments("/v1") || !IsApi(request.Host))
        {
            await next();
            return;
        }

        var breaksJson = BreaksJson();
        var isForm = HasType(request.ContentType, "application/x-www-form-urlencoded");
        var read = isForm ? new RecordingStream(request.Body) : null;
        request.Body = read ?? request.Body;
        var originalBody = context.Response.Body;
        var written = new RecordingStream(originalBody);
        context.Response.Body = written;
        var connection = new ObservedConnection(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>());
        context.Features.Set<IHttpRequestLifetimeFeature>(connection);
        await next();
        context.Response.Body = originalBody;

        var body = written.Bytes;
        if (
            connection.IsClosed
            || body.Length < (context.Response.ContentLength ?? 0)
            || (breaksJson && HasType(context.Response.ContentType, "application/json") && !IsJson(body))
        )
        {
            return;
        }

        var fields =
            isForm ? QueryHelpers.ParseQuery(Encoding.UTF8.GetString(read!.Bytes))
            : HasBody(request) ? null
            : HttpExchange.NoFields;
        var exchange = new HttpExchange(request.Method, request.Path, context.Response.StatusCode)
        {
            Query = request.Query.ToDictionary(StringComparer.Ordinal),
            Fields = fields,
            ContentType = context.Response.ContentType,
            Body = body,
        };
        foreach (var problem in _check.Check(exchange))
        {
            _problems.Enqueue($"{exchange}: {problem}");
        }
    }

    /// <summary>
    /// Fails the test if an exchange did not agree with the description. Call it when the emulator has stopped: a client can have
    /// a response before it is compared.
    /// </summary>
    public void AssertNoProblems() =>
        Assert.True(
            _problems.IsEmpty,
            $"Exchanges do not agree with the OpenAPI description:\n{string.Join('\n', _problems.Distinct())}"
        );

    /// <summary>Sites have host names of their own.</summary>
    private static bool IsApi(HostString host) => host.Host is "127.0.0.1" or "localhost" or "[::1]";

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    private static bool HasType(string? contentType, string expected) =>
        contentType is not null
        && contentType.Split(';')[0].Trim().Equals(expected, StringComparison.OrdinalIgnoreCase);

    private static bool IsJson(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Knows at once that the emulator closed the connection; the token is canceled later.</summary>
    private sealed class ObservedConnection(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature
    {
        private bool _isAborted;

        public bool IsClosed => _isAborted || inner.RequestAborted.IsCancellationRequested;

        public CancellationToken RequestAborted
        {
            get => inner.RequestAborted;
            set => inner.RequestAborted = value;
        }

        public void Abort()
        {
            _isAborted = true;
            inner.Abort();
        }
    }
}
