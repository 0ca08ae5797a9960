using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Serverless.Assets.TestSupport;

/// <summary>Responds to requests with a function, and records them.</summary>
internal sealed class StubHandler(Func<StubRequest, CancellationToken, Task<HttpResponseMessage>> answer)
    : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<StubRequest> _requests = [];

    public StubHandler(Func<StubRequest, HttpResponseMessage> answer)
        : this((request, _) => Task.FromResult(answer(request))) { }

    public IReadOnlyList<StubRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Method, path and query of each request, in the order of arrival.</summary>
    public IReadOnlyList<string> Lines => [.. Requests.Select(request => request.Line)];

    public static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Html(HttpStatusCode status, string html = "<html><body>an error</body></html>") =>
        new(status) { Content = new StringContent(html, Encoding.UTF8, "text/html") };

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        using var body = new MemoryStream();
        var contentType = request.Content?.Headers.ContentType; // not available after the content is disposed
        if (request.Content is not null)
        {
            await request.Content.CopyToAsync(body, cancellationToken);
        }

        var recorded = new StubRequest(
            request.Method.Method,
            request.RequestUri!,
            request.Headers,
            contentType,
            Encoding.UTF8.GetString(body.ToArray())
        );
        lock (_lock)
        {
            _requests.Add(recorded);
        }

        return await answer(recorded, cancellationToken);
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record StubRequest(
    string Method,
    Uri Address,
    HttpRequestHeaders Headers,
    MediaTypeHeaderValue? ContentType,
    string Body
)
{
    public string Line => $"{Method} {Address.PathAndQuery}";
}
