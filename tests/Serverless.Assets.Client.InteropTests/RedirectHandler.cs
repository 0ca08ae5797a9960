namespace Serverless.Assets.Client.InteropTests;

/// <summary>Sends the requests for Twilio's REST API to the emulator, and none to another host.</summary>
/// <param name="emulator">The emulator's origin.</param>
internal sealed class RedirectHandler(Uri emulator) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private const string TwilioOrigin = "https://serverless.twilio.com";

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        var origin = request.RequestUri!.GetLeftPart(UriPartial.Authority);
        if (origin == TwilioOrigin)
        {
            request.RequestUri = new Uri(emulator, request.RequestUri.PathAndQuery);
        }
        else if (origin != emulator.GetLeftPart(UriPartial.Authority)) // the emulator's own URLs lead to the next page
        {
            throw new InvalidOperationException($"A request is for {origin}.");
        }

        return base.SendAsync(request, cancellationToken);
    }
}
