using Polly;
using Polly.Retry;

namespace Serverless.Assets.Api;

/// <summary>When and how long after a failed attempt the next one is made.</summary>
internal static class ApiRetries
{
    /// <summary>Attempts after the first for what may pass: with one failure in five, one request in 400,000 fails for good.</summary>
    public const int MaxTransientRetries = 7;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Two nested strategies: a 429 was not processed and says nothing against the request, so it is repeated for as
    /// long as the job runs; anything else that may pass is repeated a few times.
    /// </summary>
    public static ResiliencePipeline Create(TimeProvider clock) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions
                {
                    Name = "Throttled",
                    ShouldHandle = new PredicateBuilder().Handle<ServerlessApiException>(failure =>
                        failure.Failure == ApiFailure.Throttled
                    ),
                    MaxRetryAttempts = int.MaxValue,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = FirstDelay,
                    MaxDelay = LongestDelay,
                    DelayGenerator = RetryAfter,
                }
            )
            .AddRetry(
                new RetryStrategyOptions
                {
                    Name = "Transient",
                    ShouldHandle = new PredicateBuilder().Handle<ServerlessApiException>(IsTransient),
                    MaxRetryAttempts = MaxTransientRetries,
                    BackoffType = DelayBackoffType.Exponential,
                    UseJitter = true,
                    Delay = FirstDelay,
                    MaxDelay = LongestDelay,
                    DelayGenerator = RetryAfter,
                }
            )
            .Build();

    private static bool IsTransient(ServerlessApiException failure) =>
        failure.Failure switch
        {
            ApiFailure.Unreachable => true,
            ApiFailure.Ambiguous => failure.Request.IsRepeatable,
            _ => false,
        };

    /// <summary>What the service asks for, when it does; null: the strategy's own delay.</summary>
    private static ValueTask<TimeSpan?> RetryAfter(RetryDelayGeneratorArguments<object> arguments) =>
        ValueTask.FromResult((arguments.Outcome.Exception as ServerlessApiException)?.RetryAfter);
}
