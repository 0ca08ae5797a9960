namespace Serverless.Assets.Api;

/// <summary>The two origins that credentials are sent to.</summary>
/// <param name="Api">The REST API.</param>
/// <param name="Upload">The upload endpoint.</param>
internal sealed record ApiEndpoints(Uri Api, Uri Upload)
{
    /// <summary>Whether credentials may be sent there.</summary>
    public bool Covers(Uri address) => IsAt(Api, address) || IsAt(Upload, address);

    private static bool IsAt(Uri origin, Uri address) =>
        Uri.Compare(
            origin,
            address,
            UriComponents.SchemeAndServer,
            UriFormat.Unescaped,
            StringComparison.OrdinalIgnoreCase
        ) == 0;
}
