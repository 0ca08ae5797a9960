using System.Text;

namespace Serverless.Assets.Emulator.Tests.Robustness;

/// <summary>Bodies that are too large are neither read into memory nor stored.</summary>
public sealed class BodyLimitTests
{
    private const string Multipart = "multipart/form-data; boundary=b";
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly string Credentials = Convert.ToBase64String(
        Encoding.ASCII.GetBytes($"{ApiClient.Account}:secret")
    );

    [Theory]
    [InlineData(Multipart, 33 * 1024 * 1024 + 1)]
    [InlineData(Multipart, long.MaxValue)]
    [InlineData(Form, 4 * 1024 * 1024 + 1)]
    public async Task An_announced_length_over_the_limit_is_refused_before_the_body_arrives(string type, long length)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var address = await CreateAssetAsync(emulator);

        var answer = await RawRequest.SendAsync(
            emulator.Port,
            CreateHead(address, $"Content-Type: {type}\nContent-Length: {length}")
        );

        Assert.Equal((413, "text/html"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Equal(0, (await emulator.GetStatsAsync()).GetProperty("bytesReceived").GetInt64());
        AssertNothingStored(emulator);
    }

    [Fact]
    public async Task A_body_without_a_length_is_read_up_to_the_limit()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var head = CreateHead(
            await CreateAssetAsync(emulator),
            $"Content-Type: {Multipart}\nTransfer-Encoding: chunked"
        );
        var part = "--b\r\nContent-Disposition: form-data; name=Content\r\n\r\n";
        var chunk = new string('c', 40 * 1024 * 1024); // there is no end of it

        await HostileClient.SendAsync(
            emulator.Port,
            new HostileRequest(
                "endless",
                Encoding.ASCII.GetBytes(
                    $"{head.Replace("\n", "\r\n", StringComparison.Ordinal)}{part.Length:x}\r\n{part}\r\n{chunk.Length:x}\r\n{chunk}"
                ),
                Ending.Read // as long as the server reads, the connection remains open
            ),
            hold: _ => { },
            TestEmulator.Token
        );

        Assert.InRange((await emulator.GetStatsAsync()).GetProperty("bytesReceived").GetInt64(), 1, 33 * 1024 * 1024);
        AssertNothingStored(emulator);
    }

    [Theory]
    [InlineData(2, 10, 2_500_000)]
    [InlineData(400, 15_000, 0)]
    public async Task The_text_of_all_fields_together_has_a_limit(int fields, int nameLength, int valueLength)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var address = await CreateAssetAsync(emulator);
        var part =
            $"--b\r\nContent-Disposition: form-data; name={new string('n', nameLength)}\r\n\r\n"
            + $"{new string('v', valueLength)}\r\n";
        var body = $"{string.Concat(Enumerable.Repeat(part, fields))}--b--\r\n";
        var head = CreateHead(address, $"Content-Type: {Multipart}\nContent-Length: {body.Length}");

        var answer = await RawRequest.SendAsync(
            emulator.Port,
            Encoding.ASCII.GetBytes(head.Replace("\n", "\r\n", StringComparison.Ordinal) + body)
        );

        Assert.Equal(413, answer.Status);
        AssertNothingStored(emulator);
    }

    private static async Task<string> CreateAssetAsync(TestEmulator emulator)
    {
        await emulator.Api.CreateServiceAsync();
        var address = $"/v1/Services/shop/Assets/{await emulator.Api.CreateAssetAsync("shop")}/Versions";
        await emulator.ResetStatsAsync();
        return address;
    }

    private static string CreateHead(string address, string headers) =>
        $"POST {address} HTTP/1.1\nHost: 127.0.0.1\nAuthorization: Basic {Credentials}\n{headers}\n\n";

    private static void AssertNothingStored(TestEmulator emulator) =>
        Assert.Empty(
            Directory.EnumerateFiles(
                Path.Combine(emulator.Options.DataDirectory, "content"),
                "*",
                SearchOption.AllDirectories
            )
        );
}
