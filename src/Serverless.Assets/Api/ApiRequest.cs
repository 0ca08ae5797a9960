namespace Serverless.Assets.Api;

/// <summary>One request, described so that it can be sent more than once.</summary>
/// <param name="Operation">One of <see cref="ApiOperation"/>.</param>
/// <param name="Subject">What it is about, for messages: <c>Asset '/css/site.css'</c>.</param>
internal sealed record ApiRequest(string Operation, HttpMethod Method, Uri Address, string Subject)
{
    /// <summary>Makes the body anew for each attempt. The argument is to be called whenever bytes have moved.</summary>
    public Func<Action, HttpContent>? Content { get; init; }

    /// <summary>Of the asset whose Asset or content is created, for reports: <c>/css/site.css</c>.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Whether sending it twice does no harm. If not, it is sent again only when the service is known not to have
    /// processed it; else the caller gets an <see cref="ApiFailure.Ambiguous"/> failure and has to find out.
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
