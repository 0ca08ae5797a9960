using System.Text;
using Serverless.Assets.Client;

namespace Serverless.Assets.Cli.Tests;

/// <summary>
/// CI systems execute commands in a program's output, and the author of a pull request chooses file names.
/// </summary>
public sealed class HostileNameTests
{
    private const string Folder = "web##vso[task.setvariable variable=x]y##[error]";

    private static readonly string[] Names =
    [
        "a##vso[task.complete]b.txt",
        "c##[error]d.txt",
        "::error::e.txt",
        .. OperatingSystem.IsWindows() ? Array.Empty<string>() : ["f\n::add-mask::g.txt", "h\r##[set-env name=i]j.txt"],
    ];

    [Theory]
    [InlineData("upload")]
    [InlineData("plan")]
    [InlineData("upload", "--json")]
    [InlineData("plan", "--json")]
    [InlineData("upload", "--verbosity", "Diagnostic")]
    [InlineData("plan", "--verbosity", "Diagnostic")]
    public async Task Neither_results_nor_errors_hold_a_command(string command, params string[] options)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write($"{Folder}/fine.txt");
        foreach (var name in Names)
        {
            bench.Write($"bad/{name}");
        }

        var run = await bench.RunAsync(command, [Folder, .. options]);
        Assert.Equal(0, run.ExitCode);
        AssertNoCommand(run);
        if ((command, options) is ("plan", ["--json"]))
        {
            Assert.Equal(
                $"{Folder}/fine.txt",
                Assert.Single(run.Json.GetProperty("assets").EnumerateArray()).GetProperty("file").GetString()
            );
        }

        var refused = await bench.RunAsync(command, ["bad", .. options]);
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(Names.Length, refused.Codes.Count);
        AssertNoCommand(refused);
    }

    [Theory]
    [InlineData("deploy")]
    [InlineData("deploy", "--json")]
    [InlineData("deploy", "--verify")]
    [InlineData("promote", "--from", "dev", "--environment", "prod")]
    [InlineData("rollback")]
    [InlineData("verify")]
    [InlineData("list")]
    [InlineData("list", "--json")]
    [InlineData("remove", "--environment", "dev")]
    public async Task Names_that_the_service_returns_are_not_commands(string command, params string[] options)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await bench.RunAsync("deploy");
        await bench.UploadAsync(("a.txt", "second"));
        await bench.RunAsync("deploy");
        var renamed = 0;
        bench.HttpHandler = () => new RenamingHandler(() => Interlocked.Increment(ref renamed));

        var run = await bench.RunAsync(command, options);

        Assert.NotEqual(0, renamed);
        AssertNoCommand(run);
        Assert.DoesNotContain('\u001b', run.Out + run.Error);
    }

    /// <summary>Gives each Environment and Asset a hostile name; the Environment is still found by its suffix.</summary>
    private sealed class RenamingHandler(Action onRenamed) : DelegatingHandler(ApiConnection.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsStringAsync(cancellationToken);
            var renamed = body.Replace("\"unique_name\":\"dev\"", Hostile("unique_name"), StringComparison.Ordinal)
                .Replace("\"friendly_name\":\"/a.txt\"", Hostile("friendly_name"), StringComparison.Ordinal);
            if (renamed != body)
            {
                onRenamed();
            }

            response.Content = new StringContent(renamed, Encoding.UTF8, "application/json");
            return response;
        }

        private static string Hostile(string key) =>
            $"\"{key}\":\"##vso[task.complete]\\n::add-mask::x\\n##[error]\\u001b[2Jdev\"";
    }

    private static void AssertNoCommand(CliRun run) =>
        Assert.DoesNotContain(
            $"{run.Out}\n{run.Error}".Split('\n', '\r'),
            line =>
                line.Contains("##vso[", StringComparison.Ordinal)
                || line.Contains("##[", StringComparison.Ordinal)
                || line.TrimStart().StartsWith("::", StringComparison.Ordinal)
        );
}
