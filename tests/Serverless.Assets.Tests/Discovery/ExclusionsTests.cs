using Serverless.Assets.Discovery;

namespace Serverless.Assets.Tests.Discovery;

public sealed class ExclusionsTests : DiscoveryTest
{
    private const string Manifest = "serverless-assets.manifest.json";

    [Fact]
    public void Of_the_project_folder_output_state_and_records_are_left_out()
    {
        Project = Temp.Path;
        Write(
            "index.html",
            "bin/Debug/site.dll",
            "obj/serverless-assets/uploads.journal",
            Manifest,
            $"{Manifest}.previous",
            "serverless-assets.build.json",
            "serverless-assets.deployment.json",
            $"out/{Manifest}",
            "serverless-assets.css",
            "tools/bin/run.js",
            "binary.txt"
        );
        Assert.Equal(["binary.txt", "index.html", "serverless-assets.css", "tools/bin/run.js"], Find());
        Assert.Empty(Problems);
    }

    [Fact]
    public void Of_a_folder_that_contains_the_project_they_are_left_out_too()
    {
        Project = Temp.Folder("src/site");
        Write(
            "index.html",
            $"{Manifest}",
            "bin/run.js",
            "src/site/app.js",
            "src/site/bin/a.dll",
            "src/site/obj/a.json",
            $"src/site/{Manifest}"
        );
        Assert.Equal(["bin/run.js", "index.html", "src/site/app.js"], Find());
    }

    [Fact]
    public void Of_a_folder_in_the_project_only_records_are_left_out_wherever_it_is()
    {
        Project = Temp.Path;
        Write("bin/publish/index.html", $"bin/publish/{Manifest}", "bin/publish/bin/a.js", "bin/publish/obj/b.js");
        Assert.Equal(["bin/a.js", "index.html", "obj/b.js"], Find(folder: "bin/publish"));
    }

    [Fact]
    public void Of_a_folder_elsewhere_nothing_is_ours()
    {
        Project = Temp.Folder("site");
        Write("shared/bin/a.js", "shared/obj/b.js", $"shared/{Manifest}");
        Assert.Equal(["bin/a.js", "obj/b.js", Manifest], Find(folder: "shared"));
    }

    [Fact]
    public void An_exactly_named_file_is_included_without_its_neighbors()
    {
        Project = Temp.Path;
        Write("bin/app.js", "bin/other.js", Manifest, "index.html");
        Assert.Equal(["bin/app.js", "index.html", Manifest], Find(["**/*", "bin/app.js", Manifest]));
        Assert.Equal(
            2,
            Discover(new FileSource(Temp["bin/other.js"], "other.js"), new FileSource(Temp[Manifest], Manifest)).Count
        );
    }

    [Fact]
    public void A_glob_finds_them_no_more_unless_it_begins_there()
    {
        Project = Temp.Path;
        Write("bin/Debug/a.js", "sub/b.js", $"sub/{Manifest}");
        Assert.Equal(["sub/b.js"], Globbed("", "bin/Debug/a.js", "sub/b.js", $"sub/{Manifest}"));
        Assert.Equal(["Debug/a.js"], Globbed("bin/", "Debug/a.js"));
    }

    [Fact]
    public void The_project_is_known_over_a_link_too()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        Write("real/index.html", "real/bin/a.dll");
        Project = Temp.LinkToFolder("site", "real");
        Assert.Equal(["index.html"], Find(folder: "real"));
        Assert.Equal(["index.html"], Find(folder: "site"));
    }

    private IEnumerable<string> Globbed(string folder, params string[] relativePaths) =>
        Discover([.. relativePaths.Select(path => new FileSource(Temp[folder + path], path, FoundByPattern: true))])
            .Select(file => file.RelativePath);
}
