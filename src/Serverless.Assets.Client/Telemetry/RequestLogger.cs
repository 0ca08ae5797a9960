using Microsoft.Extensions.Logging;

namespace Serverless.Assets.Client;

/// <summary>
/// Logs every attempt: successes at <see cref="LogLevel.Debug"/>, and failures at <see cref="LogLevel.Information"/>,
/// because a failure that is not retried is an exception that the caller can log.
/// </summary>
internal sealed partial class RequestLogger(ILogger logger, TimeProvider clock) : IRequestObserver
{
    public const string Category = "Serverless.Assets.Client";

    public void OnAttemptEnded(RequestAttempt attempt)
    {
        var operation = attempt.Request.Operation;
        var subject = SecretRedactor.Redact(attempt.Request.Subject); // names come from the caller
        var duration = clock.GetElapsedTime(attempt.Started, attempt.Ended).TotalMilliseconds;
        var reason = (attempt.Failure as ServerlessApiException)?.Reason ?? attempt.ErrorType;
        if (attempt.Failure is null)
        {
            LogSucceeded(operation, subject, attempt.Status, duration, attempt.RequestId);
        }
        else if (attempt.Status is { } status)
        {
            LogFailed(operation, subject, attempt.Resends + 1, duration, reason, status, attempt.RequestId);
        }
        else
        {
            LogNoResponse(operation, subject, attempt.Resends + 1, duration, reason);
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Debug,
        "{Operation} of {Subject} succeeded with HTTP {Status} after {Milliseconds:0} ms (request {RequestId})",
        EventName = "RequestSucceeded"
    )]
    private partial void LogSucceeded(
        string operation,
        string subject,
        int? status,
        double milliseconds,
        string? requestId
    );

    [LoggerMessage(
        2,
        LogLevel.Information,
        "{Operation} of {Subject}: attempt {Attempt} failed after {Milliseconds:0} ms: {Reason} (HTTP {Status}, request {RequestId})",
        EventName = "RequestFailed"
    )]
    private partial void LogFailed(
        string operation,
        string subject,
        int attempt,
        double milliseconds,
        string? reason,
        int status,
        string? requestId
    );

    [LoggerMessage(
        3,
        LogLevel.Information,
        "{Operation} of {Subject}: attempt {Attempt} failed after {Milliseconds:0} ms without a response: {Reason}",
        EventName = "RequestWithoutResponse"
    )]
    private partial void LogNoResponse(
        string operation,
        string subject,
        int attempt,
        double milliseconds,
        string? reason
    );
}
