using System.Text.Json;

namespace Serverless.Assets.Cli.Tests;

/// <summary>What a deployment does with manifests that it can't use as they are.</summary>
public sealed class ManifestInputTests
{
    private const string OtherAccount = "AC11111111111111111111111111111111";
    private const string Service = $"/v1/Services/{Workbench.ServiceName}";

    [Theory]
    [InlineData("build")]
    [InlineData("deploy")]
    [InlineData("verify")]
    public async Task An_unusable_manifest_has_its_own_error(string command)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        var good = File.ReadAllText(bench.ManifestPath);
        await bench.Emulator.ResetStatsAsync();

        File.Delete(bench.ManifestPath);
        await AssertRefusedAsync("SAB5006", "does not exist. Run serverless-assets upload first.");
        File.WriteAllText(bench.ManifestPath, good[..(good.Length / 2)]);
        await AssertRefusedAsync("SAB5007", "can't be read");
        File.WriteAllText(bench.ManifestPath, "");
        await AssertRefusedAsync("SAB5007", "can't be read");
        File.WriteAllText(bench.ManifestPath, good.Replace("\"ZN", "\"ZX", StringComparison.Ordinal));
        await AssertRefusedAsync(
            "SAB5007",
            "is not the SID of an Asset Version (ZN followed by 32 hexadecimal digits)"
        );
        File.WriteAllText(
            bench.ManifestPath,
            good.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)
        );
        await AssertRefusedAsync("SAB5008", "has version 2, but this tool supports versions up to 1");
        File.WriteAllText(bench.ManifestPath, good);
        (bench.Environment["TWILIO_ACCOUNT_SID"], bench.Environment["TWILIO_AUTH_TOKEN"]) = (OtherAccount, "any");
        bench.Environment.Remove("TWILIO_API_KEY");
        await AssertRefusedAsync("SAB5010", $"but the credentials belong to {OtherAccount}");
        Assert.Empty(await bench.Emulator.CountRequestsAsync());

        async Task AssertRefusedAsync(string code, string reason)
        {
            var run = await bench.RunAsync(command, "--json");
            Assert.Equal((1, ""), (run.ExitCode, run.Out));
            Assert.Equal([code], run.Codes);
            Assert.StartsWith(
                $"{bench.ManifestPath}(1): error",
                Assert.Single(run.ErrorLines),
                StringComparison.Ordinal
            );
            Assert.Contains(reason, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_manifest_of_another_Service_is_not_deployed_to_the_one_that_is_named()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await UploadToOtherServiceAsync(bench);

        var run = await bench.RunAsync("deploy", "--manifest", "other.json");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(["SAB5009"], run.Codes);
        Assert.Contains(
            "Upload to site, or correct --service-sid or --service-name.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Null(await bench.FindEnvironmentAsync("dev"));
    }

    [Theory]
    [InlineData("build", "SAB5017")]
    [InlineData("deploy", "SAB5017")]
    [InlineData("verify", "SAB4013")]
    public async Task A_manifest_beside_that_of_another_Service_is_not_deployed(string command, string code)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"));
        await UploadToOtherServiceAsync(bench);

        Assert.Equal([code], (await bench.RunAsync(command)).Codes);

        Assert.Null(await bench.FindEnvironmentAsync("dev"));
        Assert.Empty((await bench.Emulator.GetAsync($"{Service}/Builds")).GetProperty("builds").EnumerateArray());
    }

    [Fact]
    public async Task Only_missing_Asset_Versions_are_uploaded_again_when_their_files_exist()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"), ("b.txt", "second"), ("c.txt", "third"));
        var gone = await LoseAsync(bench, "/b.txt");
        var left = (await bench.Emulator.GetVersionsAsync()).Select(version => version.Text("sid")).ToHashSet();

        var live = await bench.JsonAsync("deploy", "--verify");

        Assert.Equal(3, live.GetProperty("verified").GetInt32());
        var sent = Assert.Single(
            await bench.Emulator.GetVersionsAsync(),
            version => !left.Contains(version.Text("sid"))
        );
        Assert.Equal(("/b.txt", "second"), (sent.Text("path"), await bench.Emulator.GetTextAsync(sent.Text("sid"))));
        var manifest = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(bench.ManifestPath));
        Assert.Equal(
            left.Append(sent.Text("sid")).Order(StringComparer.Ordinal),
            manifest
                .GetProperty("assetVersions")
                .EnumerateArray()
                .Select(sid => sid.GetString())
                .Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain(gone, left);
        Assert.Equal(
            manifest
                .GetProperty("assets")
                .EnumerateArray()
                .Select(asset => $"{asset.Text("path")} {asset.Text("assetVersionSid")}"),
            (await bench.LiveAsync()).Take(3)
        );
    }

    [Fact]
    public async Task Nothing_is_sent_and_the_manifest_stays_when_one_of_the_files_is_not_here()
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"), ("b.txt", "second"), ("c.txt", "third"));
        await LoseAsync(bench, "/b.txt");
        var c = await LoseAsync(bench, "/c.txt");
        File.Delete(bench.PathOf("assets/c.txt"));
        var manifest = File.ReadAllText(bench.ManifestPath);
        await bench.Emulator.ResetStatsAsync();

        var run = await bench.RunAsync("deploy");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains($": {c} (assets/c.txt).", Assert.Single(run.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(0, await bench.Emulator.CountUploadsAsync());
        Assert.Equal(manifest, File.ReadAllText(bench.ManifestPath));
    }

    [Theory]
    [InlineData("../victim.txt")]
    [InlineData("link/victim.txt")]
    [InlineData("assets/linked.txt")]
    [InlineData("assets/server.pem")]
    [InlineData("assets/../../victim.txt")]
    [InlineData("<outside>/victim.txt")]
    [InlineData(".git/config")]
    [InlineData("assets")]
    public async Task A_manifest_does_not_publish_other_files_of_this_machine(string file)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("b.txt", "secret"));
        var lost = await LoseAsync(bench, "/b.txt");
        using var outside = new TempFolder();
        File.WriteAllText(bench.PathOf("../victim.txt"), "secret");
        Directory.CreateSymbolicLink(bench.PathOf("link"), outside.Path);
        File.CreateSymbolicLink(bench.PathOf("assets/linked.txt"), outside.Write("victim.txt", "secret"));
        bench.Write("assets/server.pem", "secret");
        bench.Write(".git/config", "secret");
        file = file.Replace("<outside>", outside.Path, StringComparison.Ordinal);
        File.WriteAllText(
            bench.ManifestPath,
            File.ReadAllText(bench.ManifestPath).Replace("assets/b.txt", file, StringComparison.Ordinal)
        );
        await bench.Emulator.ResetStatsAsync();

        var run = await bench.RunAsync("deploy");

        Assert.Equal(["SAB4006"], run.Codes);
        Assert.Contains($": {lost} ({file}).", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, await bench.Emulator.CountUploadsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Missing_Asset_Versions_with_missing_files_are_reported(bool isChanged)
    {
        await using var bench = await Workbench.StartAsync();
        await bench.UploadAsync(("a.txt", "first"), ("b.txt", "second"), ("c.txt", "third"));
        var (b, c) = (await LoseAsync(bench, "/b.txt"), await LoseAsync(bench, "/c.txt"));
        var manifest = File.ReadAllText(bench.ManifestPath);
        foreach (var file in (string[])["assets/b.txt", "assets/c.txt"])
        {
            if (isChanged)
            {
                bench.Write(file, "changed");
            }
            else
            {
                File.Delete(bench.PathOf(file));
            }
        }

        var run = await bench.RunAsync("deploy");

        Assert.Equal((1, ""), (run.ExitCode, run.Out));
        Assert.Equal(["SAB4006"], run.Codes);
        Assert.Contains($": {b} (assets/b.txt), {c} (assets/c.txt).", run.Error, StringComparison.Ordinal);
        Assert.Equal(manifest, File.ReadAllText(bench.ManifestPath));
        Assert.Null(await bench.LiveBuildAsync());
    }

    /// <summary>Takes a version from the service, as the end of its retention does.</summary>
    /// <returns>Its SID.</returns>
    private static async Task<string> LoseAsync(Workbench bench, string path)
    {
        var version = (await bench.Emulator.GetVersionsAsync()).Single(version => version.Text("path") == path);
        await bench.Emulator.DeleteAsync($"{Service}/Assets/{version.Text("asset_sid")}");
        return version.Text("sid");
    }

    /// <summary>Writes the manifest <c>other.json</c>.</summary>
    private static async Task UploadToOtherServiceAsync(Workbench bench) =>
        (
            await bench.RunExactlyAsync([
                .. bench
                    .Arguments("upload", "--quiet", "--manifest", "other.json")
                    .Select(arg => arg == Workbench.ServiceName ? "other" : arg),
            ])
        ).SucceededSilently();
}
