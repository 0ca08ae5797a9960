using System.Net;

namespace Serverless.Assets.Api;

/// <summary>A request failed for good, or may be sent again: see <see cref="Failure"/>.</summary>
internal sealed class ServerlessApiException(
    ApiRequest request,
    ApiFailure failure,
    string reason,
    Exception? inner = null
) : Exception($"{request.Operation} of {request.Subject}: {reason}", inner)
{
    public ApiRequest Request { get; } = request;

    public ApiFailure Failure { get; } = failure;

    /// <summary>The service's own words, or what happened to the connection.</summary>
    public string Reason { get; } = reason;

    public HttpStatusCode? Status { get; init; }

    /// <summary>Twilio's error code, such as 20001.</summary>
    public int? Code { get; init; }

    /// <summary>Address of the vendor's page on the code.</summary>
    public string? MoreInfo { get; init; }

    /// <summary><c>RQ…</c>: what the vendor's support asks for.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long the service asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Status, code and request id, as far as there are any.</summary>
    public string Details
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
