using System.Net;
using Serverless.Assets.Client;

namespace Serverless.Assets.TestSupport;

/// <summary>A network that loses responses, or delivers a request after its sender has given it up.</summary>
internal sealed class LateHandler(Func<HttpRequestMessage, LateHandler.Fate> decide)
    : DelegatingHandler(ApiConnection.CreateHandler())
{
    private readonly List<(
        Uri Address,
        System.Net.Http.Headers.AuthenticationHeaderValue? Authorization,
        byte[] Body
    )> _late = [];

    internal enum Fate
    {
        Normal,

        /// <summary>The request is processed; its response is lost.</summary>
        AnswerLost,

        /// <summary>The connection is closed; the request is delivered when the next version is uploaded.</summary>
        CarriedOutLate,

        /// <summary>The response is 403.</summary>
        Refused,
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        switch (decide(request))
        {
            case Fate.Refused:
                return new HttpResponseMessage(HttpStatusCode.Forbidden) { Content = new StringContent("no") };
            case Fate.CarriedOutLate:
                _late.Add(
                    (
                        request.RequestUri!,
                        request.Headers.Authorization,
                        await request.Content!.ReadAsByteArrayAsync(cancellationToken)
                    )
                );
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut", new IOException("cut"));
            case Fate.AnswerLost:
                (await base.SendAsync(request, cancellationToken)).Dispose();
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "cut", new IOException("cut"));
        }

        if (
            request.RequestUri!.AbsolutePath.EndsWith("/Versions", StringComparison.Ordinal)
            && request.Method == HttpMethod.Post
        )
        {
            await CarryOutAsync(cancellationToken);
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private async Task CarryOutAsync(CancellationToken cancellationToken)
    {
        foreach (var (address, authorization, body) in _late)
        {
            using var late = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
            late.Content.Headers.ContentType = new("application/x-www-form-urlencoded");
            late.Headers.Authorization = authorization;
            (await base.SendAsync(late, cancellationToken)).Dispose();
        }

        _late.Clear();
    }
}
