using System.Net;
using System.Text;

namespace Serverless.Assets.Cli.Tests;

/// <summary>No secret of the run reaches an output, even if a server, a proxy or the user puts it into a message.</summary>
public sealed class SecretOutputTests
{
    [Theory]
    [InlineData("upload")]
    [InlineData("plan")]
    [InlineData("list")]
    [InlineData("deploy")]
    public async Task A_server_that_quotes_the_Authorization_header_does_not_reveal_it(string command)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        bench.HttpHandler = () =>
            new StubHandler(request =>
            {
                var header = request.Headers.Authorization!.ToString();
                return new HttpResponseMessage(HttpStatusCode.BadRequest)
                {
                    ReasonPhrase = header,
                    Content = new StringContent(
                        $$"""{"code":20001,"message":"{{header}} {{Workbench.Secret}}","more_info":"{{header}}"}""",
                        Encoding.UTF8,
                        "application/json"
                    ),
                    Headers = { { "Twilio-Request-Id", header } },
                };
            });

        var run = await bench.RunAsync(command, "--verbosity", "Diagnostic", "--summary", "s.md", "--report", "r.html");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("***", run.Error, StringComparison.Ordinal);
        AssertNoSecret(run.Out + run.Error);
        foreach (var file in (string[])["s.md", "r.html"])
        {
            AssertNoSecret(File.ReadAllText(bench.PathOf(file)));
        }
    }

    [Theory]
    [InlineData("upload", "--service-sid")]
    [InlineData("rollback", "--build")]
    public async Task A_secret_in_place_of_a_SID_is_not_shown(string command, string option)
    {
        const string other = "0123456789abcdef0123456789abcdef";
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.RunAsync("deploy");

        foreach (var secret in (string[])[Workbench.Secret, other])
        {
            var run = await bench.RunAsync(command, option, secret);

            Assert.Equal(1, run.ExitCode);
            AssertNoSecret(run.Out + run.Error);
            Assert.DoesNotContain(other, run.Out + run.Error, StringComparison.Ordinal);
        }
    }

    private static void AssertNoSecret(string text)
    {
        Assert.DoesNotContain(Workbench.Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Workbench.User}:{Workbench.Secret}")).TrimEnd('='),
            text,
            StringComparison.Ordinal
        );
    }
}
