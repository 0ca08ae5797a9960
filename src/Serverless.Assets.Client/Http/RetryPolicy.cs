using Polly;
using Polly.Retry;

namespace Serverless.Assets.Client;

/// <summary>Which failed attempts are repeated, and after which delay.</summary>
internal static class RetryPolicy
{
    /// <summary>
    /// Retries of failures that may pass: when one request in five fails, one in 400,000 fails for good.
    /// </summary>
    public const int MaxTransientRetries = 7;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Two nested strategies: a 429 was not processed and says nothing about the request, so it is repeated for as long
    /// as the run lasts; any other failure that may pass is repeated a few times.
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

    /// <summary>The delay that the service asks for; null: the strategy's own.</summary>
    private static ValueTask<TimeSpan?> RetryAfter(RetryDelayGeneratorArguments<object> arguments) =>
        ValueTask.FromResult((arguments.Outcome.Exception as ServerlessApiException)?.RetryAfter);
}
