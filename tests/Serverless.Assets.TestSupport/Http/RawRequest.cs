using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Serverless.Assets.TestSupport;

/// <summary>Sends the bytes of a request as they are: what no HTTP client would send.</summary>
internal static class RawRequest
{
    /// <param name="request">
    /// Lines separated by <c>\n</c>, which becomes <c>\r\n</c>; each character is one byte (Latin-1).
    /// </param>
    /// <returns>The response, if it has a length; the status is 0 if the server closed the connection without one.</returns>
    public static Task<ApiResult> SendAsync(int port, string request) =>
        SendAsync(port, Encoding.Latin1.GetBytes(request.Replace("\n", "\r\n", StringComparison.Ordinal)));

    /// <inheritdoc cref="SendAsync(int, string)"/>
    public static async Task<ApiResult> SendAsync(int port, byte[] request)
    {
        var token = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port, token);
        await using var stream = client.GetStream();
        await stream.WriteAsync(request, token);
        using var response = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (!IsComplete(Parse(response.ToArray())))
        {
            var count = await ReadAsync(stream, buffer).WithinAsync("the end of the response");
            if (count == 0)
            {
                break;
            }

            response.Write(buffer, 0, count);
        }

        return Parse(response.ToArray());
    }

    private static async Task<int> ReadAsync(NetworkStream stream, byte[] buffer)
    {
        try
        {
            return await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            return 0; // the server has reset the connection because it does not read the rest of the request
        }
    }

    private static bool IsComplete(ApiResult response) =>
        response.Headers.TryGetValue("Content-Length", out var length)
        && response.Body.Length >= int.Parse(length, CultureInfo.InvariantCulture);

    private static ApiResult Parse(byte[] response)
    {
        var end = response.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return new ApiResult(0, response, new Dictionary<string, string>());
        }

        var lines = Encoding.Latin1.GetString(response, 0, end).Split("\r\n");
        var headers = lines
            .Skip(1)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(header => header[0], header => header[1], StringComparer.OrdinalIgnoreCase);
        return new ApiResult(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            response[(end + 4)..],
            headers
        );
    }
}
