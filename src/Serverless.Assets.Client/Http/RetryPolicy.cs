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
    /// Two nested strategies: a request rejected with 429 was not processed, so it is retried for as long as the run
    /// lasts; any other transient failure is retried a few times.
    /// </summary>
    public static ResiliencePipeline Create(TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(CreateStrategy("Throttled", failure => failure.Failure == ApiFailure.Throttled, int.MaxValue))
            .AddRetry(CreateStrategy("Transient", IsTransient, MaxTransientRetries))
            .Build();

    private static RetryStrategyOptions CreateStrategy(
        string name,
        Func<ServerlessApiException, bool> handles,
        int maxRetries
    ) =>
        new()
        {
            Name = name,
            ShouldHandle = new PredicateBuilder().Handle(handles),
            MaxRetryAttempts = maxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            DelayGenerator = RetryAfter,
        };

    private static bool IsTransient(ServerlessApiException failure) =>
        failure.Failure switch
        {
            ApiFailure.Unreachable => true,
            ApiFailure.Ambiguous => failure.Request.IsRepeatable,
            _ => false,
        };

    /// <summary>The delay that the service asks for; null means the strategy's own.</summary>
    private static ValueTask<TimeSpan?> RetryAfter(RetryDelayGeneratorArguments<object> arguments) =>
        ValueTask.FromResult((arguments.Outcome.Exception as ServerlessApiException)?.RetryAfter);
}
