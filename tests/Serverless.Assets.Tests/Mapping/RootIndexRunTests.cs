using Serverless.Assets.CodeGeneration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Settings;
using Serverless.Assets.Tests.Deployment;

namespace Serverless.Assets.Tests.Mapping;

/// <summary>What the other steps do with the copy of <c>/index.html</c>.</summary>
public sealed class RootIndexRunTests : DeploymentTest
{
    private const string Copy = "/assets/index.html";

    [Fact]
    public void The_copy_has_no_constant()
    {
        Bench.Write("assets/index.html", "page");
        var file = Bench.PathOf("Assets.cs");

        new ConstantsGenerator(Bench.CreateContext(Logger)).Generate(Request, file, Cancellation);

        var source = File.ReadAllText(file);
        Assert.Contains("\"/index.html\"", source, StringComparison.Ordinal);
        Assert.DoesNotContain(Copy, source, StringComparison.Ordinal);
    }

    /// <summary>A project that references it uploads its files, and adds the copy.</summary>
    [Fact]
    public void The_files_for_a_referencing_project_have_no_copy()
    {
        Bench.Write("assets/index.html", "page");

        Assert.Equal(["/index.html"], Collect(Request with { UploadsFiles = false }));
        Assert.Equal([Copy, "/index.html"], Collect(Request));
    }

    [Fact]
    public void The_copy_counts_for_the_limit_and_the_error_says_where_it_comes_from()
    {
        Bench.Write("assets/index.html", "page");
        for (var i = 1; i < 1000; i++)
        {
            Bench.Write($"assets/{i}.txt", "x");
        }

        var failure = Assert.Throws<AssetException>(() => Collect(Request));

        DiagnosticAssert.SingleError(
            failure.Diagnostics,
            "SAB2014",
            null,
            "There are 1001 public and protected assets",
            "/assets/index.html is one of them: a copy of /index.html, unless ServerlessAssetsRootIndex=false is set."
        );
        Bench.Settings = Bench.Settings.With(SettingTable.RootIndex, false);
        Assert.Equal(1000, Collect(Request).Length);
    }

    [Fact]
    public void A_problem_of_the_page_is_reported_once()
    {
        Bench.Write("assets/index.html", "");

        var failure = Assert.Throws<AssetException>(() => Collect(Request));

        Assert.Equal("SAB2013", Assert.Single(failure.Diagnostics).Code);
    }

    [Fact]
    public void A_page_that_looks_like_a_secret_is_reported_once()
    {
        Bench.Write("assets/index.html", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n");

        var failure = Assert.Throws<AssetException>(() => Collect(Request));

        Assert.Equal("SAB2015", Assert.Single(failure.Diagnostics).Code);
    }

    [Fact]
    public async Task The_copy_is_deployed_verified_and_not_pruned()
    {
        Bench.Settings = Bench.Settings.With(SettingTable.Verify, true);

        var deployed = await UploadAndDeployAsync(("index.html", "page"), ("a.css", "style"));

        Assert.Equal(3, deployed.VerifiedAssets);
        Assert.Equal("200 page", await VisitAsync("/"));
        var pruned = await PruneAsync(_ => true);
        Assert.Empty(pruned.Assets);
        await UploadAndDeployAsync(("index.html", "changed"), ("a.css", "style"));
        Assert.Equal("200 changed", await VisitAsync("/"));
        Assert.Equal("200 changed", await VisitAsync("/index.html"));
    }

    [Fact]
    public async Task Merged_manifests_have_the_copy_of_the_project_with_the_page()
    {
        await UploadAsync(("index.html", "page"));
        var first = Bench.PathOf("first.json");
        File.Copy(Bench.Settings.ManifestPath, first);
        await UploadAsync(("docs/index.html", "other"));

        var merged = ManifestMerger.Merge([first, Bench.Settings.ManifestPath], new PhysicalFileSystem());

        Assert.Equal([Copy, "/docs/index.html", "/index.html"], merged.Assets.Select(asset => asset.Path.Value));
    }

    private CollectRequest Request => new() { Settings = Bench.Settings };

    private string[] Collect(CollectRequest request) =>
        [
            .. new AssetCollector(Bench.CreateContext(Logger))
                .Collect(request, Cancellation)
                .Select(asset => asset.Path.Value),
        ];
}
