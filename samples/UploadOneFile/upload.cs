#:project ../../src/Serverless.Assets.Client/Serverless.Assets.Client.csproj
using Serverless.Assets.Client;

var emulator = new Uri(args.FirstOrDefault("http://127.0.0.1:5005"));
using var client = new ServerlessClient(
    new ServerlessClientOptions
    {
        Credentials = TwilioCredentials.AuthToken($"AC{new string('0', 32)}", "any password"), // what the emulator accepts
        ApiBaseUrl = emulator,
        UploadBaseUrl = emulator,
    }
);

var service = await client.Services.FindOrCreateAsync("upload-one-file");
var asset = await client.Assets.FindOrCreateAsync(service.Sid, "/hello.txt");
var content = AssetContent.FromFile("hello.txt");
var version = await client.AssetVersions.CreateAsync(service.Sid, asset.Sid, "/hello.txt", Visibility.Public, content);
Console.WriteLine($"Uploaded hello.txt as {version.Sid}, a version of the Asset {asset.Sid}.");
