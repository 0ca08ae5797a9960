using System.Globalization;
using System.Net;

namespace Serverless.Assets.Client;

/// <summary>A request failed, and retrying did not or would not help.</summary>
public sealed class ServerlessApiException : Exception
{
    internal ServerlessApiException(ApiRequest request, ApiFailure failure, string reason, Exception? inner = null)
        : base(Clean($"{request.Operation} of {request.Subject}{DescribeHost(request, failure)}: {reason}"), inner)
    {
        Request = request;
        Failure = failure;
        Reason = Clean(reason);
    }

    /// <summary>The HTTP status; null if there was no response.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>Twilio's error code, such as 20001.</summary>
    public int? Code { get; init; }

    /// <summary>The address of Twilio's documentation of the code.</summary>
    public string? MoreInfo { get; init; }

    /// <summary><c>RQ…</c>: identifies the request when you contact Twilio support.</summary>
    public string? RequestId { get; init; }

    /// <summary>
    /// Whether the service processed the request: false if it refused or never received it, true if only its response
    /// could not be read, null if unknown.
    /// </summary>
    public bool? WasProcessed =>
        Failure != ApiFailure.Ambiguous ? false
        : Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices ? true
        : null;

    /// <summary>The service's error message, or a description of the connection error.</summary>
    public string Reason { get; }

    internal ApiRequest Request { get; }

    internal ApiFailure Failure { get; }

    /// <summary>How long the service asks clients to wait before retrying.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the time for retries is over.</summary>
    internal bool IsLast { get; set; }

    /// <summary>The status, code and request ID that are known.</summary>
    internal string Details
    {
        get
        {
            string?[] parts =
            [
                Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)status}") : null,
                Code is { } code ? string.Create(CultureInfo.InvariantCulture, $"Twilio code {code}") : null,
                RequestId is { } id ? $"request {id}" : null,
            ];
            var known = string.Join(", ", parts.Where(part => part is not null));
            return known.Length > 0 ? known : "no response";
        }
    }

    /// <summary>If there is no connection, the address may be wrong.</summary>
    private static string DescribeHost(ApiRequest request, ApiFailure failure) =>
        failure is ApiFailure.Unreachable or ApiFailure.UnknownHost or ApiFailure.Insecure
            ? $" at {request.Address.Authority}"
            : "";

    /// <summary>
    /// Removes secrets, and replaces control characters: text of the service must not forge lines or control a terminal.
    /// </summary>
    private static string Clean(string text) =>
        string.Concat(SecretRedactor.Redact(text).Select(character => char.IsControl(character) ? ' ' : character));
}

/// <summary>What a failed request reveals about its effect.</summary>
internal enum ApiFailure
{
    /// <summary>429, or this process has too many open files: not processed; safe to retry.</summary>
    Throttled,

    /// <summary>The host could not be reached: not processed; safe to retry.</summary>
    Unreachable,

    /// <summary>The host name cannot be resolved: retrying does not help.</summary>
    UnknownHost,

    /// <summary>The TLS connection is not trusted: retrying does not help.</summary>
    Insecure,

    /// <summary>
    /// 5xx, a broken connection, or an invalid or missing response: it may or may not have been processed.
    /// </summary>
    Ambiguous,

    /// <summary>The service refused the request.</summary>
    Refused,
}
