using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using static Serverless.Assets.TestSupport.TestManifest;

namespace Serverless.Assets.Tests.Manifest;

public sealed class ManifestMergerTests : IDisposable
{
    private static readonly ManifestSource Source = new("c0ffee", "main", "https://ci.test/1");
    private static readonly string OtherHash = new('1', 64);

    private readonly TempFolder _temp = new();
    private readonly PhysicalFileSystem _files = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_result_has_the_assets_of_all_sorted_by_path()
    {
        var shared = Asset("/shared", 3, 13);
        var merged = Merge(
            Write("a", Create(Asset("/b", 2, 12), shared) with { Source = Source, Generator = "a; project=A.csproj" }),
            Write("b", Create(Asset("/a", 1, 11), shared) with { Source = Source })
        );
        Assert.Equal(["/a", "/b", "/shared"], merged.Assets.Select(asset => asset.Path.Value));
        Assert.Equal((Source, null as string), (merged.Source, merged.Project));
        Assert.Equal(Create().ServiceSid, merged.ServiceSid);
    }

    [Fact]
    public void Different_sources_become_an_unknown_one()
    {
        var merged = Merge(
            Write("a", Create(Asset("/a", 1, 11)) with { Source = Source }),
            Write("b", Create(Asset("/b", 2, 12)) with { Source = Source with { Commit = "other" } })
        );
        Assert.Equal(new ManifestSource(null, null, null), merged.Source);
    }

    [Fact]
    public void All_conflicts_and_other_Services_are_reported_together()
    {
        var a = Write("a", Create(Asset("/a", 1, 11), Asset("/b", 2, 12)));
        var b = Write("b", Create(Asset("/a", 1, 21), Asset("/b", 2, 22)));
        var other = Write("c", Create(Asset("/a", 1, 31)) with { ServiceSid = TestSid.Create("ZS", 2) });

        Fails(
            [a, other, b],
            StateDiagnostics.ManifestOfOtherService(
                other,
                TestSid.Create("ZS", 2),
                $"{TestSid.Create("ZS", 1)} (the Service of {a})"
            ),
            StateDiagnostics.ManifestsConflict("/a", b, a, copyOwner: null),
            StateDiagnostics.ManifestsConflict("/b", b, a, copyOwner: null)
        );
    }

    [Fact]
    public void One_version_can_not_have_two_paths()
    {
        var a = Write("a", Create(Asset("/a", 1, 11)));
        var b = Write("b", Create(Asset("/b", 1, 11)));
        Fails(
            [a, b],
            StateDiagnostics.ManifestBroken(b, $"{TestSid.Create("ZN", 11)} of '/b' is the version of '/a' in '{a}'")
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_conflict_with_the_copy_of_a_page_names_the_manifest_that_has_the_page(bool isFirst)
    {
        var page = Write("page", Create(Asset("/assets/index.html", 1, 11), Asset("/index.html", 2, 12)));
        var other = Write("other", Create(Asset("/assets/index.html", 1, 21) with { Sha256 = OtherHash }));
        Fails(
            isFirst ? [page, other] : [other, page],
            StateDiagnostics.ManifestsConflict(
                "/assets/index.html",
                isFirst ? other : page,
                isFirst ? page : other,
                copyOwner: page
            )
        );
    }

    [Fact]
    public void The_conflict_of_two_pages_is_reported_without_that_of_their_copies()
    {
        var a = Write("a", Create(Asset("/assets/index.html", 1, 11), Asset("/index.html", 2, 12)));
        var b = Write("b", Create(Asset("/assets/index.html", 1, 21), Asset("/index.html", 2, 22)));
        Fails([a, b], StateDiagnostics.ManifestsConflict("/index.html", b, a, copyOwner: null));
    }

    private AssetManifest Merge(params string[] paths) => ManifestMerger.Merge(paths, _files);

    private void Fails(string[] paths, params Diagnostic[] expected) =>
        DiagnosticAssert.Same(Assert.Throws<AssetException>(() => Merge(paths)).Diagnostics, expected);

    private string Write(string name, AssetManifest manifest)
    {
        var path = _temp[$"{name}.json"];
        new ManifestFile(path, _files, new RecordingLogger()).Write(manifest);
        return path;
    }
}
