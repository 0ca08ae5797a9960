namespace Serverless.Assets.Client;

/// <summary>Describes a request. It can be sent more than once.</summary>
/// <param name="Operation">Resource and action, as traces and reports name them: <c>AssetVersion.Create</c>.</param>
/// <param name="Subject">The resource, for messages: <c>Asset /css/site.css</c>.</param>
internal sealed record ApiRequest(string Operation, HttpMethod Method, Uri Address, string Subject)
{
    /// <summary>Creates the body for an attempt. The body calls the argument whenever it has sent bytes.</summary>
    public Func<Action, HttpContent>? Content { get; init; }

    /// <summary>The length of the body, if it is more than a few fields, in bytes.</summary>
    public long BodyBytes { get; init; }

    public RequestKind Kind => RequestKind.Create(Operation, BodyBytes);

    public RequestPriority Priority { get; init; }

    /// <summary>The path of the asset that the request creates or uploads, for reports: <c>/css/site.css</c>.</summary>
    public string? AssetPath { get; init; }

    /// <summary>The largest response that is read. Only lists and Builds are larger than one resource.</summary>
    public int MaxResponseBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Whether sending the request twice is harmless. If not, it is retried only when the service is known not to have
    /// processed it; otherwise the caller gets an <see cref="ApiFailure.Ambiguous"/> failure and must look.
    /// </summary>
    public bool IsRepeatable { get; init; } = true;

    public static ApiRequest Get(string operation, Uri address, string subject) =>
        new(operation, HttpMethod.Get, address, subject);

    public static ApiRequest Delete(string operation, Uri address, string subject) =>
        new(operation, HttpMethod.Delete, address, subject);

    public static ApiRequest Create(
        string operation,
        Uri address,
        string subject,
        params IReadOnlyList<KeyValuePair<string, string>> fields
    ) =>
        new(operation, HttpMethod.Post, address, subject)
        {
            Content = _ => new FormUrlEncodedContent(fields),
            IsRepeatable = false,
        };

    /// <summary>Creates a request that changes a resource. Sending it twice has the same effect as once.</summary>
    public static ApiRequest Update(
        string operation,
        Uri address,
        string subject,
        params IReadOnlyList<KeyValuePair<string, string>> fields
    ) => Create(operation, address, subject, fields) with { IsRepeatable = true };
}
