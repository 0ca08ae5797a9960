using Serverless.Assets.Discovery;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Discovery;

/// <summary>The files of runs and builds that are left out wherever the settings put them.</summary>
public sealed class GeneratedFilesTests : DiscoveryTest
{
    [Fact]
    public void The_files_of_a_run_are_left_out_by_their_configured_paths()
    {
        Write(
            "index.html",
            "m.json",
            "m.json.previous",
            "m.json.bak",
            "out/deep/m.json",
            "serverless-assets.build.json",
            "serverless-assets.deployment.json",
            "reports/run.html",
            "reports/other.html",
            "summary.md",
            "outputs.txt",
            "site.config.json",
            "state/uploads.journal",
            "state/uploads.journal.lock",
            "state/emulator/emulator.db",
            "state/emulator/content/ab",
            "states/a.txt"
        );
        Assert.Equal(
            ["index.html", "m.json.bak", "out/deep/m.json", "reports/other.html", "states/a.txt"],
            FindWith(
                Settings
                    .With(SettingTable.ManifestPath, "m.json")
                    .With(SettingTable.StatePath, "state/")
                    .With(SettingTable.ReportPath, "./reports/../reports/run.html")
                    .With(SettingTable.SummaryPath, Temp["summary.md"])
                    .With(SettingTable.OutputsPath, "outputs.txt")
            )
        );
        Assert.Empty(Problems);
    }

    [Fact]
    public void Records_are_left_out_beside_the_manifest_also_outside_the_project()
    {
        Project = Temp.Folder("site");
        Write("shared/a.txt", "shared/m.json", "shared/serverless-assets.build.json", "shared/sub/m.json");
        Assert.Equal(
            ["a.txt", "sub/m.json"],
            FindWith(Settings.With(SettingTable.ManifestPath, "../shared/m.json"), "shared")
        );
        Assert.Equal(["a.txt", "m.json", "serverless-assets.build.json", "sub/m.json"], FindWith(Settings, "shared"));
    }

    [Fact]
    public void The_emulators_data_is_left_out_where_the_settings_put_it()
    {
        Write("index.html", "data/emulator.db", "data/content/ab", "database.txt");
        Assert.Equal(["database.txt", "index.html"], FindWith(Settings.With(SettingTable.EmulatorData, Temp["data"])));
    }

    [Fact]
    public void The_state_of_runs_with_other_settings_and_the_data_of_other_emulators_are_left_out()
    {
        Write(
            "index.html",
            "old-state/uploads.journal",
            "old-state/uploads.journal.lock",
            "old-state/kept.txt",
            "served/emulator.db",
            "served/emulator.lock",
            "served/content/ab",
            "kept/emulator.db"
        );
        Assert.Equal(["index.html", "kept/emulator.db", "old-state/kept.txt"], FindWith(Settings));
    }

    [Theory]
    [InlineData("..", "emulator.db-wal,index.html")]
    [InlineData(".", "emulator.db-wal,index.html")]
    [InlineData("web", "index.html")]
    public void A_folder_of_the_run_that_contains_the_assets_does_not_hide_them(string folder, string expected)
    {
        Project = Temp.Folder("site");
        Write("site/web/index.html", "site/web/uploads.journal", "site/web/emulator.db-wal");
        Assert.Equal(
            expected.Split(','),
            FindWith(Settings.With(SettingTable.StatePath, folder).With(SettingTable.EmulatorData, folder), "site/web")
        );
    }

    [Fact]
    public void The_upload_state_in_the_asset_folder_itself_is_left_out()
    {
        Write("index.html", "uploads.journal", "uploads.journal.lock", "emulator/emulator.db");
        Assert.Equal(["index.html"], FindWith(Settings.With(SettingTable.StatePath, ".")));
    }

    [Theory]
    [InlineData("site")]
    [InlineData("")]
    public void Assemblies_beside_a_project_file_are_left_out(string searched)
    {
        Project = Temp.Folder("site");
        Write(
            "site/Site.csproj",
            "site/Site.dll",
            "site/Site.pdb",
            "site/Site.xml",
            "site/Site",
            "site/Site.exe",
            "site/Site.deps.json",
            "site/Site.runtimeconfig.json",
            "site/Site.staticwebassets.endpoints.json",
            "site/Other.DLL",
            "site/index.html",
            "site/feed.xml",
            "site/LICENSE",
            "site/downloads/tool.exe",
            "downloads/library.dll"
        );
        string[] inProject = ["LICENSE", "Site.csproj", "downloads/tool.exe", "feed.xml", "index.html"];

        var found = FindWith(Settings, searched);

        Assert.Equal(
            searched == "site" ? inProject : ["downloads/library.dll", .. inProject.Select(file => $"site/{file}")],
            found
        );
    }

    [Fact]
    public void Logs_of_builds_and_tests_are_left_out_unless_named_exactly()
    {
        Write("index.html", "msbuild.binlog", "logs/Build.BINLOG", "TestResults/run.trx", "TestResults/cover.xml");

        Assert.Equal(["TestResults/cover.xml", "index.html"], FindWith(Settings));
        Assert.Equal(["msbuild.binlog"], FindWith(Settings, "", "msbuild.binlog", "*.trx"));
    }

    [Fact]
    public void Own_files_are_known_over_links_too()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        Write("real/index.html", "real/m.json", "real/state/uploads.journal");
        Temp.LinkToFolder("site", "real");
        Temp.LinkToFile("real/latest.json", "m.json");
        Project = Temp["site"];
        var settings = Settings
            .With(SettingTable.ManifestPath, Temp["real/m.json"])
            .With(SettingTable.StatePath, Temp["site/state"]);
        Assert.Equal(["index.html"], FindWith(settings, "real"));
        Assert.Equal(["index.html"], FindWith(settings, "site"));
        Assert.Equal(["index.html"], FindWith(settings.With(SettingTable.ManifestPath, Temp["site/m.json"]), "real"));
    }

    [Fact]
    public void Letter_case_of_own_files_counts_as_on_the_system()
    {
        Write("M.json", "index.html");
        Assert.Equal(
            OperatingSystem.IsLinux() ? ["M.json", "index.html"] : ["index.html"],
            FindWith(Settings.With(SettingTable.ManifestPath, "m.json"))
        );
    }

    [Fact]
    public void Own_files_are_included_when_a_pattern_names_them_exactly_but_not_the_config_file()
    {
        var config = Temp.Write("conf.json");
        Write("m.json", "index.html");
        var settings = new SettingValues(new ProjectContext(Temp.Path) { ConfigFile = config }).With(
            SettingTable.ManifestPath,
            "m.json"
        );
        Assert.Equal(["m.json"], FindWith(settings, "", "m.json", "conf.json"));
        Assert.Equal(["index.html"], FindWith(settings, "", "*.{json,html}"));
    }

    [Fact]
    public void Files_that_the_run_writes_besides_its_settings_are_left_out()
    {
        Write("index.html", "result.json");
        Assert.Equal(
            ["index.html"],
            Find(
                new CollectRequest
                {
                    Settings = Settings,
                    Sources = [new FolderSource(Temp.Path, [], [])],
                    OutputFiles = [Temp["result.json"]],
                }
            )
        );
    }

    [Fact]
    public void The_outputs_of_the_project_are_left_out_wherever_they_are()
    {
        Write(
            "index.html",
            "bin/a.dll",
            "obj/a.json",
            "artifacts/bin/Site/debug/Site.dll",
            "publish/Site.dll",
            "publish-notes.txt",
            "src/temp/a.txt",
            "src/temp2/a.txt"
        );
        Assert.Equal(
            ["index.html", "publish-notes.txt", "src/temp2/a.txt"],
            FindWithOutputs("", "artifacts", "publish/", "src/../src/temp", "no-such-folder")
        );
    }

    [Theory]
    [InlineData("publish/wwwroot", "index.html,sub/bin/b.txt")]
    [InlineData("publish", "Site.deps.json,Site.dll,wwwroot/index.html,wwwroot/sub/bin/b.txt")]
    [InlineData("assets", "app/a.txt")]
    public void A_folder_in_an_output_that_is_searched_itself_is_searched_as_a_whole(string folder, string expected)
    {
        Write(
            "publish/Site.dll",
            "publish/Site.deps.json",
            "publish/wwwroot/index.html",
            "publish/wwwroot/sub/bin/b.txt",
            "assets/app/a.txt"
        );
        Assert.Equal(expected.Split(','), FindWithOutputs(folder, "publish", "publish/wwwroot/sub"));
    }

    [Fact]
    public void An_output_folder_that_contains_the_project_is_not_one_of_outputs_only()
    {
        Project = Temp.Folder("site");
        Write("site/index.html", "site/obj/a.json");
        Assert.Equal(["index.html"], FindWithOutputs("site", "", "site"));
    }

    [Fact]
    public void The_outputs_of_other_projects_are_known_by_their_places_and_contents()
    {
        Write(
            "index.html",
            "src/Web/Web.csproj",
            "src/Web/bin/Debug/a.txt",
            "src/Web/obj/a.txt",
            "src/Web/wwwroot/bin/kept.js",
            "src/Lib/Lib.fsproj",
            "src/Lib/obj/b.txt",
            "tools/bin/kept.js",
            "temp/Web/project.assets.json",
            "temp/Web/a.txt",
            "temp/kept.txt",
            "old-publish/Web.dll",
            "old-publish/Web.deps.json",
            "old-publish/sub/a.txt",
            "downloads/Web.deps.json",
            "downloads/Other.dll"
        );
        Assert.Equal(
            [
                "downloads/Other.dll",
                "downloads/Web.deps.json",
                "index.html",
                "src/Lib/Lib.fsproj",
                "src/Web/Web.csproj",
                "src/Web/wwwroot/bin/kept.js",
                "temp/kept.txt",
                "tools/bin/kept.js",
            ],
            FindWith(Settings)
        );
    }

    [Theory]
    [InlineData("Directory.Build.props", "artifacts/obj/x", false)]
    [InlineData("Site.slnx", "artifacts/bin/x", false)]
    [InlineData("Site.csproj", "artifacts/bin/x", false)]
    [InlineData("Directory.Build.props", "artifacts/vase.jpg", true)]
    [InlineData("package.json", "artifacts/bin/x", true)]
    public void Artifacts_of_a_repository_are_left_out(string sibling, string file, bool isKept)
    {
        Write(sibling, file, "artifacts/package/a.nupkg");
        Assert.Equal(isKept, FindWith(Settings).Contains("artifacts/package/a.nupkg"));
        Assert.Equal(isKept, FindWith(Settings).Contains(file));
    }

    [Fact]
    public void An_exactly_named_file_of_an_output_is_included_without_its_neighbors()
    {
        Write("publish/Site.dll", "publish/Site.deps.json", "publish/js/app.js", "publish/js/other.js", "a.txt");
        Assert.Equal(["a.txt", "publish/js/app.js"], FindWith(Settings, "", "**/*", "publish/js/app.js"));
    }

    [Fact]
    public void A_glob_of_items_finds_none_of_them_unless_it_begins_there()
    {
        Write("index.html", "m.json", "publish/Site.dll", "old/Old.dll", "old/Old.deps.json", "state/uploads.journal");
        string[] all = ["index.html", "m.json", "publish/Site.dll", "old/Old.dll", "state/uploads.journal"];
        Assert.Equal(["index.html"], Glob("", all));
        Assert.Equal(["Site.dll"], Glob("publish/", ["Site.dll"]));
        Assert.Equal(["Old.dll"], Glob("old/", ["Old.dll"]));
        Assert.Empty(Glob("state/", ["uploads.journal"]));

        IEnumerable<string> Glob(string root, string[] paths) =>
            Find(
                new CollectRequest
                {
                    Settings = Settings.With(SettingTable.ManifestPath, "m.json").With(SettingTable.StatePath, "state"),
                    Sources = [.. paths.Select(path => new FileSource(Temp[root + path], path, FoundByPattern: true))],
                    OutputFolders = [Temp["publish"]],
                }
            );
    }

    private SettingValues Settings =>
        new(
            new ProjectContext(Project.StartsWith(Temp.Path, StringComparison.Ordinal) ? Project : Temp.Path)
            {
                ConfigFile = Temp["site.config.json"],
            }
        );

    private IReadOnlyList<string> FindWith(SettingValues settings, string folder = "", params string[] patterns) =>
        Find(new CollectRequest { Settings = settings, Sources = [new FolderSource(PathOf(folder), patterns, [])] });

    private IReadOnlyList<string> FindWithOutputs(string folder, params string[] outputs) =>
        Find(
            new CollectRequest
            {
                Settings = Settings,
                Sources = [new FolderSource(PathOf(folder), [], [])],
                OutputFolders = [.. outputs.Select(PathOf)],
            }
        );

    private IReadOnlyList<string> Find(CollectRequest request) =>
        [.. AssetDiscovery.Discover(request, webRoot: null, Problems).Select(file => file.RelativePath)];

    private string PathOf(string path) => path.Length == 0 ? Temp.Path : Temp[path];
}
