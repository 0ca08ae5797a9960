using System.Net;

namespace Serverless.Assets.Client;

/// <summary>A request failed for good.</summary>
public sealed class ServerlessApiException : Exception
{
    internal ServerlessApiException(ApiRequest request, ApiFailure failure, string reason, Exception? inner = null)
        : base($"{request.Operation} of {request.Subject}: {reason}", inner)
    {
        Request = request;
        Failure = failure;
        Reason = reason;
    }

    /// <summary>The HTTP status; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Twilio's error code, such as 20001.</summary>
    public int? Code { get; init; }

    /// <summary>Address of Twilio's page on the code.</summary>
    public string? MoreInfo { get; init; }

    /// <summary><c>RQ…</c>: what Twilio's support asks for.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// Whether the service processed the request: false when it refused it or never received it, true when only its
    /// answer could not be read, null when that is unknown.
    /// </summary>
    public bool? WasProcessed =>
        Failure != ApiFailure.Ambiguous ? false
        : Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices ? true
        : null;

    /// <summary>The service's own words, or what happened to the connection.</summary>
    public string Reason { get; }

    internal ApiRequest Request { get; }

    internal ApiFailure Failure { get; }

    /// <summary>How long the service asks to wait.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Status, code and request ID, as far as they are known.</summary>
    internal string Details
    {
        get
        {
            string?[] parts =
            [
                Status is { } status ? $"HTTP {(int)status}" : null,
                Code is { } code ? $"Twilio code {code}" : null,
                RequestId is { } id ? $"request {id}" : null,
            ];
            var known = string.Join(", ", parts.Where(part => part is not null));
            return known.Length > 0 ? known : "no answer";
        }
    }
}

/// <summary>What a failed request reveals about its effect.</summary>
internal enum ApiFailure
{
    /// <summary>429: not processed; may be repeated.</summary>
    Throttled,

    /// <summary>The host could not be reached: not processed; may be repeated.</summary>
    Unreachable,

    /// <summary>The name of the host is unknown: repeating does not help.</summary>
    UnknownHost,

    /// <summary>No trusted TLS connection: repeating does not help.</summary>
    Insecure,

    /// <summary>5xx, a broken connection, a broken answer or none: it may or may not have been processed.</summary>
    Ambiguous,

    /// <summary>The service refused the request.</summary>
    Refused,
}
