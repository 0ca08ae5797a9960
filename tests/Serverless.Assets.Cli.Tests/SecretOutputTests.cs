using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Serverless.Assets.Client;

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

    /// <summary>In a successful response too, and in what the run writes for other programs.</summary>
    [Theory]
    [InlineData("unique_name")]
    [InlineData("runtime")]
    [InlineData("friendly_name")]
    [InlineData("domain_suffix")]
    public async Task A_resource_that_quotes_the_Authorization_header_does_not_reveal_it(string field)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.RunAsync("deploy");
        await bench.UploadAsync(("a.txt", "second"));
        bench.HttpHandler = () => new QuotingHandler(field);

        foreach (
            var command in new string[][]
            {
                ["deploy", "--summary", "s.md", "--report", "r.html", "--outputs", "o.txt"],
                ["list"],
                ["list", "--json"],
                ["deploy", "--json"],
                ["rollback", "--json", "--summary", "s.md"],
            }
        )
        {
            var run = await bench.RunAsync(command[0], ["--verbosity", "Diagnostic", .. command[1..]]);

            AssertNoSecret(run.Out + run.Error);
            Assert.All(
                Directory.EnumerateFiles(bench.Project, "*", SearchOption.AllDirectories),
                file => AssertNoSecret(File.ReadAllText(file))
            );
        }
    }

    /// <summary>A name for the terminal that the service makes up is escaped in a list like everywhere else.</summary>
    [Fact]
    public async Task A_runtime_with_a_terminal_sequence_is_escaped()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.RunAsync("deploy");
        bench.HttpHandler = () => new QuotingHandler("runtime", "\\u001b[31m##vso[task.complete]");

        var run = await bench.RunAsync("list");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains(@"\u001b[31m#\u0023vso[task.complete]", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
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

    /// <summary>
    /// Also if the command line can't be parsed, or if no credentials are read because their other half is missing.
    /// </summary>
    [Theory]
    [InlineData("TWILIO_API_SECRET")]
    [InlineData("TWILIO_AUTH_TOKEN")]
    public async Task A_secret_of_the_environment_in_place_of_any_other_value_is_not_shown(string variable)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        var secret = $"{Guid.NewGuid():n}"; // no other run knows it
        bench.Environment.Clear();
        bench.Environment[variable] = $" {secret}\r\n";
        string[][] commandLines =
        [
            [secret],
            ["deploy", secret],
            ["upload", $"--api-secret={secret}"],
            ["upload", "--auth-token", secret],
            ["upload", "--verbosity", secret],
            ["upload", "--max-concurrency", secret],
            ["upload", "--no-warn", secret],
            ["upload", "--visibility", secret],
            ["upload", "--other-assets", secret],
            ["upload", "--config", secret],
            ["upload", "--profile", secret],
            ["upload", "--region", $"{secret}.x"],
            ["upload", "--service-name", $"{secret}.x"],
            ["upload", "--api-base-url", secret],
            ["upload", "--api-base-url", $"https://serverless.twilio.com/?t={secret}"],
            ["upload", "--path-prefix", $"/{secret}/%/"],
            ["deploy", "--runtime", secret],
            ["deploy", "--other-assets", secret],
            ["deploy", "--domain-suffix", secret],
            ["deploy", "--environment", $"{secret}{secret}{secret}{secret}"],
            ["deploy", "--manifest", secret],
            ["promote", "--from", secret],
            ["merge", secret],
            ["emulator", "--port", secret],
            ["emulator", secret],
            ["completion", secret],
        ];
        foreach (var commandLine in commandLines)
        {
            var run = await bench.RunExactlyAsync(
                commandLine is ["emulator" or "completion", ..] or [_] or ["merge", ..]
                    ? commandLine
                    :
                    [
                        .. bench.Arguments(commandLine[0], "--summary", "s.md", "--report", "r.html"),
                        .. commandLine[1..],
                    ]
            );

            Assert.NotEqual(0, run.ExitCode);
            Assert.DoesNotContain(secret, run.Out + run.Error, StringComparison.OrdinalIgnoreCase);
            Assert.All(
                Directory.EnumerateFiles(bench.Project, "*", SearchOption.AllDirectories),
                file => Assert.DoesNotContain(secret, File.ReadAllText(file), StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    [Theory]
    [InlineData("""{"SECRET":1}""")]
    [InlineData("""{"apiSecret SECRET":1}""")]
    [InlineData("""{"visibility":"SECRET"}""")]
    [InlineData("""{"runtime":"SECRET"}""")]
    [InlineData("""{"folders":[{"folder":"SECRET"}]}""")]
    public async Task A_secret_of_the_environment_in_the_config_file_is_not_shown(string json)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        var secret = $"{Guid.NewGuid():n}";
        bench.Environment.Clear();
        bench.Environment["TWILIO_API_SECRET"] = secret;
        bench.Write("serverless-assets.json", json.Replace("SECRET", secret, StringComparison.Ordinal));

        var run = await bench.RunAsync("upload");

        Assert.Equal(1, run.ExitCode);
        Assert.DoesNotContain(secret, run.Out + run.Error, StringComparison.Ordinal);
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

    /// <summary>Replaces a field of every resource by the header of the request, or by another JSON text.</summary>
    private sealed class QuotingHandler(string field, string? value = null)
        : DelegatingHandler(ApiConnection.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            var json = await response.Content.ReadAsStringAsync(cancellationToken);
            response.Content = new StringContent(
                Regex.Replace(
                    json,
                    $"(\"{field}\":)(?:\"[^\"]*\"|null)",
                    $"$1\"{value ?? request.Headers.Authorization!.ToString()}\""
                ),
                Encoding.UTF8,
                "application/json"
            );
            return response;
        }
    }
}
