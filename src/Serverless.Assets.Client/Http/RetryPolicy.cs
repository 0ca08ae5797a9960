using System.Net;
using Polly;
using Polly.Retry;

namespace Serverless.Assets.Client;

/// <summary>Decides which failed attempts are retried, and after which delay.</summary>
internal static class RetryPolicy
{
    /// <summary>
    /// Retries after transient failures: if one attempt in five fails, one request in 400,000 fails permanently.
    /// </summary>
    public const int MaxTransientRetries = 7;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Two nested strategies: a request rejected with 429 was not processed, so it is retried until the time for
    /// retries is over; any other transient failure is retried a few times.
    /// </summary>
    public static ResiliencePipeline Create(TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(
                CreateStrategy<ServerlessApiException>(
                    "Throttled",
                    failure => failure.Failure == ApiFailure.Throttled && !failure.IsLast,
                    int.MaxValue
                )
            )
            .AddRetry(CreateStrategy<ServerlessApiException>("Transient", IsTransient, MaxTransientRetries))
            .Build();

    /// <summary>
    /// Repeats a creation that the service may or may not have carried out. Before each repetition, the caller looks
    /// for the resource, so it is safe to wait and try again as for other requests.
    /// </summary>
    public static ResiliencePipeline CreateForCreations(TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(CreateStrategy<ServerlessApiException>("Creation", IsRepeatableCreation, MaxTransientRetries))
            .Build();

    /// <summary>Opens a file again until others have been closed, if this process has too many open files.</summary>
    public static ResiliencePipeline CreateForFiles(TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(CreateStrategy<IOException>("Open files", OpenFileLimit.IsCauseOf, int.MaxValue))
            .Build();

    /// <summary>
    /// Whether looking for the resource can tell what happened: the response was lost, or the name is taken, possibly
    /// by another process that was faster.
    /// </summary>
    public static bool IsUndecidedCreation(ServerlessApiException failure) =>
        !failure.Request.IsRepeatable
        && (failure.Failure == ApiFailure.Ambiguous || failure.Status == HttpStatusCode.Conflict);

    /// <summary>
    /// A name that is taken stays taken, but a conflict of Deployments can mean that another one is in progress.
    /// </summary>
    private static bool IsRepeatableCreation(ServerlessApiException failure) =>
        !failure.IsLast
        && IsUndecidedCreation(failure)
        && (failure.Failure == ApiFailure.Ambiguous || failure.Request.Operation == ApiOperation.CreateDeployment);

    private static RetryStrategyOptions CreateStrategy<T>(string name, Func<T, bool> handles, int maxRetries)
        where T : Exception =>
        new()
        {
            Name = name,
            ShouldHandle = new PredicateBuilder().Handle(handles),
            MaxRetryAttempts = maxRetries,
            DelayGenerator = GetDelay,
        };

    private static bool IsTransient(ServerlessApiException failure) =>
        !failure.IsLast
        && failure.Failure switch
        {
            ApiFailure.Unreachable => true,
            ApiFailure.Ambiguous => failure.Request.IsRepeatable,
            _ => false,
        };

    /// <summary>
    /// The longer of the delay that the service requests and our own: a service that requests no delay must not cause a
    /// busy loop.
    /// </summary>
    private static ValueTask<TimeSpan?> GetDelay(RetryDelayGeneratorArguments<object> arguments)
    {
        var own = GetOwnDelay(arguments.AttemptNumber);
        var requested = (arguments.Outcome.Exception as ServerlessApiException)?.RetryAfter;
        return ValueTask.FromResult<TimeSpan?>(requested > own ? requested : own);
    }

    /// <summary>Exponential backoff. The upper half is random, so that requests do not coincide again.</summary>
    private static TimeSpan GetOwnDelay(int attempt)
    {
        var longest = Math.Min(FirstDelay.TotalSeconds * Math.Pow(2, attempt), LongestDelay.TotalSeconds);
        return TimeSpan.FromSeconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
    }
}
