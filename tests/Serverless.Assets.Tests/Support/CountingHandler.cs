using Serverless.Assets.Client;

namespace Serverless.Assets.Tests.Support;

/// <summary>Counts what is sent, and lets a test answer in the place of the network.</summary>
internal sealed class CountingHandler(Func<int, HttpRequestMessage, Exception?>? fail = null)
    : DelegatingHandler(ApiConnection.CreateHandler())
{
    private int _sent;

    public int Sent => Volatile.Read(ref _sent);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var number = Interlocked.Increment(ref _sent);
        return fail?.Invoke(number, request) is { } failure
            ? Task.FromException<HttpResponseMessage>(failure)
            : base.SendAsync(request, cancellationToken);
    }
}
