namespace Serverless.Assets.Client;

/// <summary>One request, described so that it can be sent more than once.</summary>
/// <param name="Operation">Resource and action, as traces and reports name them: <c>AssetVersion.Create</c>.</param>
/// <param name="Subject">The resource, for messages: <c>Asset /css/site.css</c>.</param>
internal sealed record ApiRequest(string Operation, HttpMethod Method, Uri Address, string Subject)
{
    /// <summary>Creates the body for each attempt. The argument is called whenever bytes were sent.</summary>
    public Func<Action, HttpContent>? Content { get; init; }

    /// <summary>Path of the asset whose Asset or content is created, for reports: <c>/css/site.css</c>.</summary>
    public string? AssetPath { get; init; }

    /// <summary>
    /// Whether sending the request twice does no harm. If it may, it is repeated only when the service is known not to
    /// have processed it; otherwise the caller gets an <see cref="ApiFailure.Ambiguous"/> failure and has to find out.
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
}
