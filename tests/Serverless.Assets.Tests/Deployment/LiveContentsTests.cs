using Serverless.Assets.Client;
using Serverless.Assets.Deployment;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The contents of two Builds that were deployed at almost the same time.</summary>
public sealed class LiveContentsTests
{
    private static readonly BuildResource Base = Build(9, [Asset(1, "/a"), Asset(2, "/b")], [Function(1, "/call")]);

    [Fact]
    public void Of_two_versions_of_a_path_the_one_that_is_not_in_the_base_is_kept()
    {
        var live = Build(1, [Asset(11, "/a"), Asset(2, "/b"), Asset(3, "/mine")], []);
        var overwritten = Build(2, [Asset(1, "/a"), Asset(12, "/b"), Asset(4, "/theirs")], []);

        Assert.Equal(["/a 11", "/b 12", "/mine 3", "/theirs 4"], Describe(Combine(live, overwritten)));
        Assert.Equal(["/a 11", "/b 12", "/mine 3", "/theirs 4"], Describe(Combine(overwritten, live)));
    }

    [Fact]
    public void Of_two_new_versions_of_a_path_the_later_upload_is_kept()
    {
        var live = Build(1, [Asset(11, "/a", minute: 1)], []);
        var overwritten = Build(2, [Asset(12, "/a", minute: 2)], []);

        Assert.Equal(["/a 12"], Describe(Combine(live, overwritten)));
    }

    [Fact]
    public void Two_paths_of_one_Asset_do_not_meet_in_a_Build()
    {
        var moved = Asset(11, "/new") with { AssetSid = TestSid.Create("ZH", 1) };

        var combined = Combine(Build(1, [moved], []), Build(2, [Asset(1, "/a")], []));

        Assert.Equal(["/new 11"], Describe(combined));
    }

    /// <summary>Someone else's Functions are as easily lost as their assets.</summary>
    [Fact]
    public void Functions_and_dependencies_of_both_are_kept()
    {
        var live = Build(1, [], [Function(1, "/call")]) with { Dependencies = [new() { Name = "a", Version = "1" }] };
        var overwritten = Build(2, [], [Function(2, "/call"), Function(3, "/sms")]) with
        {
            Dependencies = [new() { Name = "a", Version = "2" }, new() { Name = "b", Version = "1" }],
            Runtime = "node22",
        };

        var combined = Combine(live, overwritten);

        Assert.Equal(
            [(TestSid.Create("ZN", 102), "/call"), (TestSid.Create("ZN", 103), "/sms")],
            combined.FunctionVersions!.Select(function => (function.Sid, function.Path))
        );
        Assert.Equal(["a@1", "b@1"], combined.Dependencies!.Select(package => $"{package.Name}@{package.Version}"));
        Assert.Equal("node22", combined.Runtime);
    }

    [Fact]
    public void Lists_that_a_Build_does_not_have_are_empty()
    {
        var nothing = Build(1, [], []) with { AssetVersions = null, FunctionVersions = null, Dependencies = null };
        var full = Build(2, [Asset(1, "/a")], [Function(1, "/call")]) with
        {
            Dependencies = [new() { Name = "a", Version = "1" }],
        };

        foreach (var combined in new[] { Combine(nothing, full), Combine(full, nothing) })
        {
            Assert.Equal(["/a 1"], Describe(combined));
            Assert.Equal(["/call"], combined.FunctionVersions!.Select(function => function.Path));
            Assert.Equal(["a"], combined.Dependencies!.Select(package => package.Name));
        }

        Assert.Equal(["/a 1"], Describe(new LiveContents(full).With(nothing, common: null).Build!));
        Assert.Equal(["/a 1"], Describe(new LiveContents(Deployed: null).With(full, common: null).Build!));
    }

    private static BuildResource Combine(BuildResource live, BuildResource overwritten) =>
        new LiveContents(live).With(overwritten, Base).Build!;

    private static IEnumerable<string> Describe(BuildResource build) =>
        build
            .AssetVersions!.OrderBy(version => version.Path, StringComparer.Ordinal)
            .Select(version =>
                $"{version.Path} {int.Parse(version.Sid.ToString()[2..], System.Globalization.CultureInfo.InvariantCulture)}"
            );

    private static BuildResource Build(
        int number,
        IReadOnlyList<AssetVersionResource> assets,
        IReadOnlyList<FunctionVersionResource> functions
    ) =>
        new()
        {
            Sid = TestSid.Create("ZB", number),
            Status = BuildStatus.Completed,
            AssetVersions = assets,
            FunctionVersions = functions,
        };

    private static AssetVersionResource Asset(int number, string path, int minute = 0) =>
        new()
        {
            Sid = TestSid.Create("ZN", number),
            AssetSid = TestSid.Create("ZH", number % 10),
            Path = path,
            Visibility = Visibility.Public,
            DateCreated = new DateTimeOffset(2026, 1, 1, 0, minute, 0, TimeSpan.Zero),
        };

    private static FunctionVersionResource Function(int number, string path) =>
        new()
        {
            Sid = TestSid.Create("ZN", 100 + number),
            FunctionSid = TestSid.Create("ZH", 100),
            Path = path,
        };
}
