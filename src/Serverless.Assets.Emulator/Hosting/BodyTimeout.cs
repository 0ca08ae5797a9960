using System.Globalization;
using Microsoft.AspNetCore.Http.Features;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// Ends requests whose client no longer sends their body, but keeps the connection open: what they hold, such as the file
/// of an upload, would remain for as long. The minimum rate of the server is an average, so after a large part of a body
/// it would take hours.
/// </summary>
/// <param name="limit">How long a request waits for the next bytes.</param>
internal sealed class BodyTimeout(TimeSpan limit)
{
    public Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            context.Request.Body = new TimedStream(context.Request.Body, limit, context.Response);
        }

        return next(context);
    }

    private sealed class TimedStream(Stream inner, TimeSpan limit, HttpResponse response) : BodyStream
    {
        /// <exception cref="BadHttpRequestException">No bytes have arrived in time.</exception>
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            end.CancelAfter(limit);
            try
            {
                return await inner.ReadAsync(buffer, end.Token);
            }
            catch (OperationCanceledException)
                when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                if (!response.HasStarted)
                {
                    response.OnStarting(Close, response);
                }

                throw new BadHttpRequestException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The client has sent nothing more of the body for {limit.TotalSeconds} seconds"
                    ),
                    StatusCodes.Status408RequestTimeout
                );
            }
        }

        /// <summary>The server does not wait for the rest of the body.</summary>
        private static Task Close(object response)
        {
            ((HttpResponse)response).Headers.Connection = "close";
            return Task.CompletedTask;
        }
    }
}
