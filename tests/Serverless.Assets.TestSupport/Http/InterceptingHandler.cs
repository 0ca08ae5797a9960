using Serverless.Assets.Client;

namespace Serverless.Assets.TestSupport;

/// <summary>The client's real connection, with a look at each request before it is sent.</summary>
/// <param name="intercept">
/// Gets each request: it can return a response, which replaces the one of the service, throw, or return null to let the
/// request pass.
/// </param>
internal sealed class InterceptingHandler(
    Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>> intercept
) : DelegatingHandler(ApiConnection.CreateHandler())
{
    private readonly Signal _changed = new();
    private int _sent;
    private int _inFlight;

    /// <summary>Lets every request pass.</summary>
    public InterceptingHandler()
        : this((_, _) => Task.FromResult<HttpResponseMessage?>(null)) { }

    /// <summary>The number of requests so far, including those that were replaced.</summary>
    public int Sent => Volatile.Read(ref _sent);

    public static InterceptingHandler Observe(Action<HttpRequestMessage> observe) =>
        Replace(request =>
        {
            observe(request);
            return null;
        });

    public static InterceptingHandler Replace(Func<HttpRequestMessage, HttpResponseMessage?> replace) =>
        new((request, _) => Task.FromResult(replace(request)));

    /// <param name="fail">
    /// Gets the number of each request, from 1, and returns the failure of its connection or null.
    /// </param>
    public static InterceptingHandler Fail(Func<int, Exception?> fail)
    {
        var number = 0;
        return new InterceptingHandler(
            (_, _) =>
                fail(Interlocked.Increment(ref number)) is { } failure
                    ? Task.FromException<HttpResponseMessage?>(failure)
                    : Task.FromResult<HttpResponseMessage?>(null)
        );
    }

    /// <summary>
    /// Runs an action before the first request of this kind is sent, to simulate a concurrent client.
    /// </summary>
    /// <param name="pathPart">Text that the path of the request contains.</param>
    public static InterceptingHandler RunBefore(HttpMethod method, string pathPart, Func<Task> act)
    {
        var hasRun = 0;
        return new InterceptingHandler(
            async (request, _) =>
            {
                if (
                    request.Method == method
                    && request.RequestUri!.AbsolutePath.Contains(pathPart, StringComparison.Ordinal)
                    && Interlocked.Exchange(ref hasRun, 1) == 0
                )
                {
                    await act();
                }

                return null;
            }
        );
    }

    /// <summary>Waits until exactly so many requests have no response yet.</summary>
    public Task WaitForInFlightAsync(int count) =>
        _changed.WaitForAsync(() => Volatile.Read(ref _inFlight) == count, $"{count} requests in flight");

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref _sent);
        Interlocked.Increment(ref _inFlight);
        _changed.Set();
        try
        {
            return await intercept(request, cancellationToken) ?? await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
            _changed.Set();
        }
    }
}
