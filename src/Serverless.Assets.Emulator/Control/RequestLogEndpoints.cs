using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Serverless.Assets.Emulator.Api;

namespace Serverless.Assets.Emulator.Control;

/// <summary><c>/__emulator/requests</c>: the latest requests as JSON, and new ones as server-sent events.</summary>
/// <param name="stopping">Ends the streams when the emulator stops.</param>
internal sealed class RequestLogEndpoints(RequestLog log, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/__emulator/requests", SendLatestAsync);
        endpoints.MapGet("/__emulator/requests/events", SendEventsAsync);
    }

    private Task SendLatestAsync(HttpContext context) =>
        ApiResponse
            .Json(StatusCodes.Status200OK, new RequestLogResponse(log.GetLatest()), ControlJson.Default)
            .SendAsync(context);

    /// <summary>
    /// Each event is a request in JSON. Its ID is the request's number, so a browser that reconnects misses none of the
    /// kept requests.
    /// </summary>
    private async Task SendEventsAsync(HttpContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await context.Response.StartAsync(end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            await SseFormatter.WriteAsync(
                ReadAsync(GetLastNumber(context.Request), end.Token),
                context.Response.Body,
                (item, writer) =>
                {
                    using var json = new Utf8JsonWriter(writer);
                    JsonSerializer.Serialize(json, item.Data, ControlJson.Default.LoggedRequest);
                },
                end.Token
            );
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or the emulator stops.
        }
    }

    private async IAsyncEnumerable<SseItem<LoggedRequest>> ReadAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var request in log.ReadAsync(after, cancellationToken))
        {
            yield return new SseItem<LoggedRequest>(request)
            {
                EventId = request.Number.ToString(CultureInfo.InvariantCulture),
            };
        }
    }

    /// <summary>A browser sends the header when it reconnects, and the page the query when it connects.</summary>
    private static long GetLastNumber(HttpRequest request)
    {
        var text = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last
            ? last
            : request.Query["after"].ToString();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}

/// <summary>The response of <c>GET /__emulator/requests</c>.</summary>
/// <param name="Requests">Newest first.</param>
internal sealed record RequestLogResponse(IReadOnlyList<LoggedRequest> Requests);
