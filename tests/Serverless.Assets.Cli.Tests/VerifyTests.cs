using System.Net;
using System.Text.RegularExpressions;
using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

public sealed class VerifyTests
{
    private const string FirstSha256 = "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e";

    private static readonly (string File, string Content)[] Files =
    [
        ("a.txt", "first"),
        ("b.protected.txt", "second"),
        ("c.private.txt", "third"),
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_site_that_is_as_the_manifest_has_it_is_good(bool knowsToken)
    {
        await using var bench = await Workbench.StartAsync();
        var live = await bench.DeployAsync(Files);
        if (knowsToken)
        {
            bench.Environment["TWILIO_AUTH_TOKEN"] = ServerlessEmulatorOptions.DefaultAuthToken;
        }

        Assert.Equal(
            """{"outcome":"verified","summary":"Verified 3 assets in dev","environment":"dev","verified":3}""",
            System.Text.Json.JsonSerializer.Serialize(await bench.JsonAsync("verify"))
        );
        Assert.Equal(
            [$"Verified 3 assets in dev: {live.Text("url")}"],
            CliRun.Lines((await bench.RunAsync("verify")).SucceededSilently().Out)
        );
    }

    [Fact]
    public async Task Wrong_content_names_the_path_and_both_values()
    {
        await using var bench = await Workbench.StartAsync();
        var live = await bench.DeployAsync(Files);
        bench.SiteHandler = () =>
            new WrongSite(request => request.RequestUri!.AbsolutePath == "/a.txt", HttpStatusCode.OK);

        var run = await bench.RunAsync("verify", "--json");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.StartsWith(
            $"error SAB4010: Verification of '/a.txt' failed: expected 200, text/plain, sha256 {FirstSha256} from {live.Text("url")}a.txt, got 200, text/plain, sha256 {WrongSite.Sha256}. Run serverless-assets verify again",
            Assert.Single(run.ErrorLines),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_wrong_content_type_is_wrong()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(Files);
        bench.SiteHandler = () =>
            new WrongSite(
                request => request.RequestUri!.AbsolutePath == "/a.txt",
                HttpStatusCode.OK,
                "first",
                "text/html"
            );

        var run = await bench.RunAsync("verify");

        Assert.Equal(["SAB4010"], run.Codes);
        Assert.Matches(
            $@"expected 200, text/plain, sha256 {FirstSha256} from \S+, got 200, text/html, sha256 {FirstSha256}\.",
            run.Error
        );
    }

    [Theory]
    [InlineData("/b.txt", "403")]
    [InlineData("/c.txt", "404 (private)")]
    public async Task A_private_or_protected_Asset_that_is_publicly_accessible_fails_verification(
        string path,
        string expected
    )
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(Files);
        bench.SiteHandler = () => new WrongSite(request => request.RequestUri!.AbsolutePath == path, HttpStatusCode.OK);

        var run = await bench.RunAsync("verify");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB4010"], run.Codes);
        Assert.Contains($"Verification of '{path}' failed", run.Error, StringComparison.Ordinal);
        Assert.Matches($@" failed: expected {Regex.Escape(expected)} from \S+, got 200\.", run.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_protected_Asset_is_compared_when_the_auth_token_is_known(bool knowsToken)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.DeployAsync(Files);
        bench.SiteHandler = () =>
            new WrongSite(
                request =>
                    request.RequestUri!.AbsolutePath == "/b.txt" && request.Headers.Contains("X-Twilio-Signature"),
                HttpStatusCode.OK
            );
        if (knowsToken)
        {
            bench.Environment["TWILIO_AUTH_TOKEN"] = ServerlessEmulatorOptions.DefaultAuthToken;
        }

        Assert.Equal(knowsToken ? ["SAB4010"] : [], (await bench.RunAsync("verify")).Codes);
    }

    [Fact]
    public async Task Nothing_live_is_an_error()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(Files);

        var run = await bench.RunAsync("verify", "--environment", "prod");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB4013"], run.Codes);
        Assert.Contains("Nothing is live in prod", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deployment_that_verifies_waits_until_the_site_shows_it()
    {
        await using var bench = await Workbench.StartOnSharedClockAsync();
        await bench.DeployAsync(("a.txt", "zero"));
        bench.Emulator.Faults = new EmulatorFaults { PropagationSeconds = 5 };
        await bench.UploadAsync(Files);

        Assert.Equal(3, (await bench.JsonAsync("deploy", "--verify")).GetProperty("verified").GetInt32());
    }

    [Fact]
    public async Task A_Deployment_that_fails_verification_is_rolled_back()
    {
        await using var bench = await Workbench.StartAsync();
        var before = await bench.DeployAsync(("a.txt", "zero"));
        await bench.UploadAsync(Files);
        bench.SiteHandler = () =>
            new WrongSite(request => request.RequestUri!.AbsolutePath == "/a.txt", HttpStatusCode.OK);

        var run = await bench.RunAsync("deploy", "--verify", "--json", "--quiet");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB4010", "SAB4011"], run.Codes);
        Assert.Contains(
            $"was rolled back: Build {before.Text("buildSid")} is live again.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(before.Text("buildSid"), await bench.LiveBuildAsync());
        Assert.Equal((HttpStatusCode.OK, "zero"), await bench.VisitAsync($"{before.Text("url")}a.txt"));
        var record = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(
            File.ReadAllText(bench.PathOf("serverless-assets.deployment.json"))
        );
        Assert.Equal(before.Text("buildSid"), record.Text("buildSid"));
    }

    [Fact]
    public async Task A_first_Deployment_that_fails_verification_reports_that_it_cannot_be_rolled_back()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(Files);
        bench.SiteHandler = () =>
            new WrongSite(request => request.RequestUri!.AbsolutePath == "/a.txt", HttpStatusCode.NotFound);

        var run = await bench.RunAsync("deploy", "--verify", "--quiet");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB4010", "SAB4018"], run.Codes);
        Assert.NotNull(await bench.LiveBuildAsync());
    }
}
