using System.Net.Sockets;

namespace Serverless.Assets.Verification;

/// <summary>What the request to a site throws if there is no valid response.</summary>
internal static class SiteFailures
{
    /// <summary>
    /// What a stream of invalid compressed data throws depends on the format. A socket error is not wrapped if the
    /// connection is reset while it is established.
    /// </summary>
    public static bool Include(Exception failure) =>
        failure
            is HttpRequestException
                or IOException
                or SocketException
                or InvalidDataException
                or InvalidOperationException;
}
