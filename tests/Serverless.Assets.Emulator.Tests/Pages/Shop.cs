namespace Serverless.Assets.Emulator.Tests.Pages;

/// <summary>An emulator with a Service of every kind of content, two Builds and an Environment.</summary>
internal sealed record Shop(
    string Service,
    string Environment,
    string Domain,
    string FirstBuild,
    string SecondBuild,
    IReadOnlyDictionary<string, string> Assets
)
{
    public const string TwiML = "<Response><Say>Hi</Say><Gather><Play>/hold.wav</Play></Gather></Response>";

    public static readonly byte[] Image = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    public static async Task<Shop> CreateAsync(TestEmulator emulator)
    {
        var api = emulator.Api;
        var service = (await api.CreateServiceAsync()).Sid();
        var environment = await api.CreateEnvironmentAsync(service);
        var assets = new Dictionary<string, string>();
        var versions = new Dictionary<string, string>();
        await AddAsync("/css/site.css", "body { color: red }"u8.ToArray(), "text/css");
        await AddAsync("/voice/welcome.twiml", System.Text.Encoding.UTF8.GetBytes(TwiML), "text/xml");
        await AddAsync("/img/dot.png", Image, "image/png");
        await AddAsync("/hold.wav", CreateSound(), "audio/wav", "protected");
        await AddAsync("/names.json", "[\"Ada\"]"u8.ToArray(), "application/json", "private");
        await AddAsync("/data.bin", [0, 1, 2], "application/octet-stream");
        await AddAsync("/page.html", "<h1>Hi</h1>"u8.ToArray(), "text/html");
        var first = await BuildAsync(versions.Where(version => version.Key != "/names.json"));
        await DeployAsync(first);
        await AddAsync("/css/site.css", "body { color: blue }"u8.ToArray(), "text/css");
        var second = await BuildAsync(versions.Where(version => version.Key != "/data.bin"));
        await DeployAsync(second);
        return new Shop(service, environment.Sid(), environment.Text("domain_name"), first, second, assets);

        async Task AddAsync(string path, byte[] content, string type, string visibility = "public")
        {
            if (!assets.TryGetValue(path, out var asset))
            {
                assets[path] = asset = await api.CreateAssetAsync(service, path);
            }

            versions[path] = (await api.UploadAsync(service, asset, path, visibility, content, type)).Created().Sid();
        }

        async Task<string> BuildAsync(IEnumerable<KeyValuePair<string, string>> contents) =>
            (await api.BuildAsync(service, [.. contents.Select(content => content.Value)])).Created().Sid();

        async Task DeployAsync(string build) => (await api.DeployAsync(service, environment.Sid(), build)).Created();
    }

    /// <summary>A second of silence that browsers can play.</summary>
    private static byte[] CreateSound()
    {
        const int Rate = 8000;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("RIFF"u8);
        writer.Write(36 + Rate);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1); // PCM
        writer.Write((short)1); // one channel
        writer.Write(Rate);
        writer.Write(Rate); // bytes per second
        writer.Write((short)1);
        writer.Write((short)8); // bits per sample
        writer.Write("data"u8);
        writer.Write(Rate);
        writer.Write(Enumerable.Repeat((byte)128, Rate).ToArray());
        writer.Flush();
        return stream.ToArray();
    }
}
