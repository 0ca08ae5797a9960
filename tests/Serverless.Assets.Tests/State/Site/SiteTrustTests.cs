using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Tests.State.Site;

/// <summary>State files that can't be read, or say what is not true. Then files are uploaded again, and nothing else.</summary>
public sealed class SiteTrustTests : SiteStateTest
{
    private static readonly (string, string)[] Files = [("a.txt", "one"), ("b.protected.txt", "two")];

    [Fact]
    public async Task A_site_that_serves_other_content_is_not_trusted()
    {
        await UploadAndDeployAsync(Files);
        ServeInstead(HttpStatusCode.OK, "{}");

        Assert.Equal(["/a.txt", "/b.txt"], await UploadOnNewMachineAsync(Files));

        DiagnosticAssert.SingleWarning(
            Bench.Logger.Warnings,
            "SAB5018",
            null,
            "its content does not match the hash in its path. The run continues without it"
        );
        await Bench.AssertVersionsAsync();
    }

    /// <summary>New content appears a few seconds after a Deployment.</summary>
    [Fact]
    public async Task A_site_that_does_not_serve_it_yet_is_asked_again()
    {
        await UploadAndDeployAsync(Files);
        var requests = 0;
        Bench.SiteHandler = () =>
            InterceptingHandler.Replace(_ => ++requests < 3 ? new HttpResponseMessage(HttpStatusCode.NotFound) : null);

        Assert.Empty(await UploadOnNewMachineAsync(Files));
        Assert.Equal(3, requests);
        Assert.Empty(Bench.Logger.Warnings);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "the site responded with 404")]
    [InlineData(HttpStatusCode.InternalServerError, "the site responded with 500")]
    [InlineData(HttpStatusCode.Redirect, "the site responded with 302")]
    public async Task A_site_that_never_serves_it_is_a_warning(HttpStatusCode status, string reason)
    {
        await UploadAndDeployAsync(Files);
        var requests = ServeInstead(status, "<html>");

        Assert.Equal(["/a.txt", "/b.txt"], await UploadOnNewMachineAsync(Files));
        DiagnosticAssert.SingleWarning(Bench.Logger.Warnings, "SAB5018", null, reason);
        Assert.Equal(4, requests());
    }

    [Fact]
    public async Task A_site_that_can_not_be_reached_is_a_warning()
    {
        await UploadAndDeployAsync(Files);
        Bench.SiteHandler = () =>
            InterceptingHandler.Replace(_ => throw new HttpRequestException("no such host is known"));

        Assert.Equal(["/a.txt", "/b.txt"], await UploadOnNewMachineAsync(Files));
        DiagnosticAssert.SingleWarning(Bench.Logger.Warnings, "SAB5018", null, "no such host is known");
    }

    [Fact]
    public async Task A_body_that_does_not_end_is_not_read_to_the_end()
    {
        await UploadAndDeployAsync(Files);
        Bench.SiteHandler = () =>
            InterceptingHandler.Replace(_ => new HttpResponseMessage
            {
                Content = new StreamContent(new EndlessStream()),
            });

        Assert.Equal(["/a.txt", "/b.txt"], await UploadOnNewMachineAsync(Files));
        DiagnosticAssert.SingleWarning(Bench.Logger.Warnings, "SAB5018", null, "it is larger than 4 MB");
    }

    /// <summary>Everybody who can deploy can also write such a file.</summary>
    [Fact]
    public async Task An_entry_whose_version_the_live_Build_does_not_contain_is_not_trusted()
    {
        await UploadAndDeployAsync(Files);
        var elsewhere = await Emulator.Api.AddAsync(EngineWorkbench.ServiceName, "/evil.txt", "evil");

        await ForgeStateAsync(state => Asset(state)["assetVersionSid"] = elsewhere);

        Assert.Equal(["/a.txt"], await UploadOnNewMachineAsync(Files));
        await Bench.AssertVersionsAsync();
    }

    [Fact]
    public async Task An_entry_whose_version_has_another_path_is_not_trusted()
    {
        await UploadAndDeployAsync([.. Files, ("c.txt", "three")]);

        await ForgeStateAsync(state =>
        {
            var (a, c) = (state["assets"]![0]!, state["assets"]![1]!);
            (a["assetVersionSid"], c["assetVersionSid"]) = (
                c["assetVersionSid"]!.DeepClone(),
                a["assetVersionSid"]!.DeepClone()
            );
        });

        Assert.Equal(["/a.txt", "/c.txt"], await UploadOnNewMachineAsync([.. Files, ("c.txt", "three")]));
        await Bench.AssertVersionsAsync();
    }

    /// <summary>A public file must not be published as the version of a protected one, nor the other way round.</summary>
    [Fact]
    public async Task An_entry_with_another_visibility_is_not_trusted()
    {
        await UploadAndDeployAsync(Files);

        Assert.Equal(["/a.txt", "/b.txt"], await UploadOnNewMachineAsync(("a.protected.txt", "one"), ("b.txt", "two")));
        await Bench.AssertVersionsAsync();
    }

    [Fact]
    public async Task Public_entries_of_protected_files_are_not_trusted()
    {
        await UploadAndDeployAsync(Files);
        var version = Bench.ReadManifest().Assets.Single(asset => asset.Path.Value == "/b.txt");

        await ForgeStateAsync(state =>
        {
            state["hiddenAssets"] = new JsonArray();
            var entry = Asset(state).DeepClone();
            (entry["path"], entry["assetVersionSid"], entry["sha256"]) = (
                "/b.txt",
                version.AssetVersionSid.ToString(),
                version.Sha256
            );
            state["assets"]!.AsArray().Add(entry);
        });

        Assert.Equal(["/b.txt"], await UploadOnNewMachineAsync(Files));
    }

    /// <summary>The key is in the friendly name of the Asset of the state files, which anyone with credentials can change.</summary>
    [Fact]
    public async Task Without_the_key_protected_files_are_uploaded_again()
    {
        await UploadAndDeployAsync(Files);
        await Emulator.PostAsync($"{Service}/Assets/{await FindStateAssetAsync()}", ("FriendlyName", "renamed"));

        Assert.Equal(["/b.txt"], await UploadOnNewMachineAsync(Files));
        await DeployAsync();
        Assert.Empty(await UploadOnNewMachineAsync(Files));
    }

    private static JsonNode Asset(JsonNode state) => state["assets"]![0]!;

    private Func<int> ServeInstead(HttpStatusCode status, string content)
    {
        var requests = 0;
        Bench.SiteHandler = () =>
            InterceptingHandler.Replace(_ =>
            {
                requests++;
                return new HttpResponseMessage(status)
                {
                    Content = new StringContent(content, Encoding.UTF8, SiteStateFile.ContentType),
                };
            });
        return () => requests;
    }

    private sealed class EndlessStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(buffer.Length);
    }
}
