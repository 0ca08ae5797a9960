using System.Text.RegularExpressions;
using Serverless.Assets.EndToEnd.Tests.Documents;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// The C# blocks of docs/client.md as one program, in their order, with the package of the client and the official
/// library. Both send their requests to the emulator.
/// </summary>
public sealed class ClientPageTests(PackageFeed feed, ClientFeed client) : EndToEndTest(feed)
{
    private const string Content = "a picture";

    [Fact]
    public async Task The_examples_run_and_both_libraries_use_the_same_resources()
    {
        var emulator = await StartEmulatorAsync();
        using var folder = new TempFolder();
        folder.Write("nuget.config", client.Configure());
        folder.Write("my-asset.png", Content);
        folder.Write("page.cs", CreateProgram());

        var (exitCode, output) = await DotNet.RunAsync(folder.Path, ["run", "page.cs", "--", emulator.Url]);

        Assert.True(exitCode == 0, output);
        var uploads = emulator.Server.Requests.Where(request => request.Operation == "AssetVersion.Create").ToList();
        Assert.Equal(
            [("/my-asset.png", "public", "image/png"), ("/greeting.twiml", "protected", "text/xml; charset=utf-8")],
            uploads.Select(upload =>
                (upload.Fields["Path"].ToString(), upload.Fields["Visibility"].ToString(), upload.ContentType!)
            )
        );
        var site = Regex.Match(output, @"^http://(?<domain>\S+)/my-asset\.png\r?$", RegexOptions.Multiline);
        Assert.Equal($"200 {Content}", await emulator.VisitAsync(site.Groups["domain"].Value, "/my-asset.png"));
        Assert.Contains("HTTP 404, Twilio code 20404: ", output, StringComparison.Ordinal);
        Assert.Contains("GREETING=Hello HOLD_MUSIC=/my-asset.png", output, StringComparison.Ordinal);
        Assert.Contains("resolved ServerlessClient", output, StringComparison.Ordinal);
    }

    private string CreateProgram()
    {
        var blocks = DocumentPage
            .Read("docs/client.md")
            .Blocks.Where(block => block.Kind == "run by" && block.Argument == nameof(ClientPageTests))
            .Select(block => block.Text)
            .ToList();
        Assert.Equal(9, blocks.Count);
        var lines = string.Concat(blocks).Split('\n').ToLookup(line => Regex.IsMatch(line, @"^using [\w. =]+;$"));
        var code = string.Join('\n', lines[false])
            .Replace("\"SK…\"", $"\"{TestCredentials.ApiKey}\"", StringComparison.Ordinal)
            .Replace(
                "new ServerlessClientOptions {",
                "new ServerlessClientOptions { ApiBaseUrl = emulator, UploadBaseUrl = emulator,",
                StringComparison.Ordinal
            )
            .Replace(
                "accountSid: service.AccountSid)",
                "accountSid: service.AccountSid, httpClient: new Twilio.Http.SystemNetHttpClient(new HttpClient(new ToEmulator(emulator))))",
                StringComparison.Ordinal
            );
        return $$"""
            #:package Serverless.Assets.Client@{{client.Version}}
            #:package Twilio@8.2.0
            #:property PublishAot=false
            {{string.Join('\n', lines[true].Distinct())}}

            var emulator = new Uri(args[0]);
            var secret = "{{TestCredentials.Secret}}";
            {{code}}
            List<string> variables = [];
            await foreach (var variable in client.Variables.ListAsync(service.Sid, environment.Sid))
            {
                variables.Add($"{variable.Key}={variable.Value}");
            }

            Console.WriteLine(string.Join(' ', variables.Order(StringComparer.Ordinal)));
            await using var provider = services.BuildServiceProvider();
            Console.WriteLine($"resolved {provider.GetRequiredService<ServerlessClient>().GetType().Name}");

            sealed class ToEmulator(Uri emulator) : DelegatingHandler(new HttpClientHandler())
            {
                protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
                {
                    request.RequestUri = new Uri(emulator, request.RequestUri!.PathAndQuery);
                    return base.SendAsync(request, token);
                }
            }

            """;
    }
}
