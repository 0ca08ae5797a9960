using Microsoft.AspNetCore.Http.Features;
using Serverless.Assets.Emulator.Hosting;

namespace Serverless.Assets.Emulator.Control;

/// <summary>
/// Measures each request and adds it to the log if an endpoint of the API or a site has named its operation.
/// </summary>
internal sealed class RequestRecorder(RequestLog log, EmulatorClock clock, TimeProvider timeProvider)
{
    /// <summary>
    /// Of a method, a host or a path in the log. Longer ones are shortened: several hundred of the longest that the server
    /// accepts would be a page of megabytes.
    /// </summary>
    public const int MaxLength = 1000;

    public async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        var trace = new RequestTrace();
        context.Features.Set(trace);
        var (time, start) = (clock.Now, timeProvider.GetTimestamp());
        try
        {
            await next(context);
        }
        finally
        {
            if (trace.Operation is { } operation)
            {
                var request = context.Request;
                log.Add(
                    new LoggedRequest(
                        Number: 0,
                        time,
                        Shorten(request.Method),
                        trace.IsSite ? Shorten(request.Host.Value!) : null,
                        Shorten(request.Path.ToUriComponent() + request.QueryString.ToUriComponent()),
                        operation,
                        trace.IsAborted || context.RequestAborted.IsCancellationRequested
                            ? null
                            : context.Response.StatusCode,
                        timeProvider.GetElapsedTime(start).TotalMilliseconds,
                        trace.Fault
                    )
                );
            }
        }
    }

    private static string Shorten(string text) => text.Length <= MaxLength ? text : $"{text[..MaxLength]}…";
}

/// <summary>What the endpoints report about a request while they handle it.</summary>
internal sealed class RequestTrace
{
    /// <summary>Null: the request is not for the API or a site, and is not logged.</summary>
    public string? Operation { get; set; }

    public bool IsSite { get; private set; }

    public string? Fault { get; set; }

    public bool IsAborted { get; private set; }

    /// <summary>Marks the request as one to a site.</summary>
    public void BelongsToSite() => (Operation, IsSite) = ("Site", true);

    /// <summary>Closes the connection of a request without a response, or with the response incomplete.</summary>
    public static void Abort(HttpContext context)
    {
        Get(context).IsAborted = true; // the token of the request is canceled later
        context.Abort();
    }

    public static RequestTrace Get(HttpContext context) => context.Features.GetRequiredFeature<RequestTrace>();
}
