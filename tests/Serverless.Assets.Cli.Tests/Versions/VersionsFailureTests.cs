using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Assets.Client;
using Serverless.Assets.Emulator;
using static Serverless.Assets.Cli.Tests.Versions.WorkbenchVersions;

namespace Serverless.Assets.Cli.Tests.Versions;

/// <summary>What <c>versions</c> does when the service refuses, delays, loses or forges something.</summary>
public sealed class VersionsFailureTests
{
    private const string Hostile = "/##vso[task.complete]\n::error::x\u001b[2J##[error]";

    public static TheoryData<string, string[]> Each =>
        new()
        {
            { "versions create", ["a.txt", "--asset", "/a.txt"] },
            { "versions get", [UnknownVersion, "--asset", UnknownAsset] },
            { "versions list", ["--asset", "/a.txt"] },
        };

    [Theory]
    [MemberData(nameof(Each))]
    public async Task Rejected_credentials_are_named(string command, string[] arguments)
    {
        await using var bench = await StartAsync();
        bench.HttpHandler = () =>
            InterceptingHandler.Replace(_ =>
                StubHandler.Json("""{ "code": 20003, "message": "Authenticate" }""", HttpStatusCode.Unauthorized)
            );

        var run = await bench.RunAsync(command, arguments);

        Assert.Equal((1, "", "SAB3001"), (run.ExitCode, run.Out, Assert.Single(run.Codes)));
    }

    [Theory]
    [InlineData("versions create", "a.txt", "--path", "/a.txt")]
    [InlineData("versions list")]
    public async Task An_Asset_that_does_not_exist_is_named(string command, params string[] arguments)
    {
        await using var bench = await StartAsync();

        var run = await bench.RunAsync(command, [.. arguments, "--asset", UnknownAsset]);

        Assert.Equal((1, "", "SAB3020"), (run.ExitCode, run.Out, Assert.Single(run.Codes)));
        Assert.Contains($"There is no Asset '{UnknownAsset}' in Service ZS", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await bench.Emulator.CountVersionsAsync());
    }

    [Theory]
    [InlineData("versions create", "a.txt")]
    [InlineData("versions list")]
    public async Task Requests_that_are_throttled_are_sent_again(string command, params string[] arguments)
    {
        await using var bench = await StartAsync();
        await bench.AddAssetAsync("/a.txt");
        var throttled = new HashSet<string>();
        bench.HttpHandler = () =>
            InterceptingHandler.Replace(request =>
                throttled.Add($"{request.Method} {request.RequestUri!.AbsolutePath}")
                    ? StubHandler.Json("""{ "code": 20429, "message": "Too Many Requests" }""", (HttpStatusCode)429)
                    : null
            );

        (await bench.RunAsync(command, [.. arguments, "--asset", "/a.txt"])).SucceededSilently();

        Assert.Equal(3, throttled.Count);
        Assert.Equal(3, await bench.Emulator.CountAllRequestsAsync());
    }

    [Fact]
    public async Task An_Asset_whose_creation_was_not_answered_is_not_created_twice()
    {
        await using var bench = await StartAsync();
        var isLost = false;
        bench.HttpHandler = () =>
            new LosingHandler(request =>
                !isLost
                && request.Method == HttpMethod.Post
                && request.RequestUri!.AbsolutePath.EndsWith("/Assets", StringComparison.Ordinal)
                && (isLost = true)
            );

        var run = await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt");

        Assert.Equal(0, run.ExitCode);
        Assert.True(isLost);
        Assert.Equal(["/a.txt"], await bench.Emulator.GetAssetNamesAsync(Workbench.ServiceName));
        Assert.Equal(["/a.txt public x"], await bench.Emulator.DescribeContentsAsync());
    }

    [Fact]
    public async Task A_rejected_upload_is_named_with_its_path()
    {
        await using var bench = await StartAsync();
        bench.Emulator.Faults = new EmulatorFaults { RejectStatus = 400, RejectPathContains = "a.txt" };

        var run = await bench.RunAsync("versions create", "a.txt", "--asset", "/a.txt");

        Assert.Equal((1, "", "SAB3007"), (run.ExitCode, run.Out, Assert.Single(run.Codes)));
        Assert.Contains("AssetVersion.Create of Asset Version /a.txt failed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_whose_second_page_fails_is_not_shown_as_complete()
    {
        await using var bench = await StartAsync();
        await bench.AddAssetAsync("/a.txt", "1", "2", "3");
        bench.Emulator.Faults = new EmulatorFaults { FailListPage = 2 };

        var run = await bench.RunAsync("versions list", "--asset", "/a.txt", "--page-size", "2");

        Assert.Equal((1, "", "SAB3007"), (run.ExitCode, run.Out, Assert.Single(run.Codes)));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_canceled_command_exits_with_130(string command, string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        await using var bench = await StartAsync();
        bench.Emulator.Faults = new EmulatorFaults { HangNthRequest = 1 };
        using var program = bench.Start(bench.Arguments(command, [.. arguments, "--json"]));
        await bench.Emulator.WaitForHangAsync();

        await program.SignalAsync("INT");

        var run = await program.EndAsync();
        Assert.Equal((130, "", "SAB3010"), (run.ExitCode, run.Out, Assert.Single(run.Codes)));
        Assert.Equal(0, await bench.Emulator.CountVersionsAsync());
    }

    [Theory]
    [InlineData("versions list")]
    [InlineData("versions list", "--json")]
    [InlineData("versions get")]
    [InlineData("versions get", "--json")]
    public async Task Texts_of_the_service_are_no_commands(string command, params string[] options)
    {
        await using var bench = await StartAsync();
        var (asset, versions) = await bench.AddAssetAsync("/a.txt", "1");
        bench.HttpHandler = () => new ForgingHandler();
        IEnumerable<string> sids = command == "versions get" ? versions : [];

        var run = await bench.RunAsync(command, [.. sids, "--asset", asset, .. options]);

        AssertNoCommand(run.SucceededSilently());
        if (options is ["--json"])
        {
            var version = Assert.Single(run.Json.GetProperty("versions").EnumerateArray());
            Assert.Equal((Hostile, Hostile), (version.Text("path"), version.Text("url")));
            Assert.Equal(JsonValueKind.Null, version.GetProperty("dateCreated").ValueKind);
        }
    }

    [Fact]
    public async Task Similar_names_are_no_commands()
    {
        await using var bench = await StartAsync();
        await bench.AddAssetAsync("/a.txt");
        bench.HttpHandler = () => new ForgingHandler();

        var run = await bench.RunAsync("versions list", "--asset", "/##vso[task.complete]::error::x[2J##[error]");

        Assert.Equal((1, "", "SAB3020"), (run.ExitCode, run.Out, Assert.Single(run.Codes)));
        Assert.Contains(
            @"Similar names: '/#\u0023vso[task.complete]\u000a::error::x\u001b[2J#\u0023[error]'. Check --asset",
            run.Error,
            StringComparison.Ordinal
        );
        AssertNoCommand(run);
    }

    private static void AssertNoCommand(CliRun run)
    {
        var text = run.Out + run.Error;
        Assert.DoesNotContain("##", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain(CliRun.Lines(text), line => line.StartsWith("::", StringComparison.Ordinal));
    }

    private static async Task<Workbench> StartAsync()
    {
        var bench = await Workbench.StartAsync();
        await bench.CreateServiceAsync();
        bench.Write("a.txt");
        return bench;
    }

    /// <summary>Lets the service process a request, and loses the response.</summary>
    private sealed class LosingHandler(Func<HttpRequestMessage, bool> loses)
        : DelegatingHandler(ApiConnection.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (!loses(request))
            {
                return response;
            }

            response.Dispose();
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost", new IOException("cut"));
        }
    }

    /// <summary>Replaces the names, paths and addresses in responses, and removes the dates of versions.</summary>
    private sealed class ForgingHandler() : DelegatingHandler(ApiConnection.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var response = await base.SendAsync(request, cancellationToken);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
            var lists = body.Select(property => property.Value).OfType<JsonArray>().SelectMany(list => list);
            foreach (var resource in lists.OfType<JsonObject>().Prepend(body).Where(item => item.ContainsKey("sid")))
            {
                if (resource.ContainsKey("asset_sid"))
                {
                    resource["path"] = Hostile;
                    resource["url"] = Hostile;
                    resource.Remove("date_created");
                }
                else if (resource.ContainsKey("friendly_name"))
                {
                    resource["friendly_name"] = Hostile;
                }
            }

            response.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            return response;
        }
    }
}
