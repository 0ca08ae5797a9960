using Microsoft.Build.Framework;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

public sealed class CollectServerlessAssetsTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task Folders_and_files_come_out_as_assets_sorted_by_path()
    {
        await using var bench = Workbench.Create();
        bench.Write("web/css/site.css", "body{}");
        bench.Write("web/names.private.json", "[]");
        bench.Write("web/notes.md", "# Left out");
        var logo = bench.Write("logo.svg", "<svg/>");
        var task = bench.CollectTask(
            _engine,
            Workbench.Item(logo, ("AssetPath", "/l.svg"), ("Visibility", "protected"), ("ContentType", "image/x-logo"))
        );
        task.Folders =
        [
            Workbench.Item(bench.PathOf("web"), ("PathPrefix", "/www"), ("ExcludePatterns", "*.txt; *.md")),
        ];

        Assert.True(task.Execute());

        Assert.Equal(
            [
                $"{logo}|/l.svg|protected|image/x-logo|logo.svg",
                $"{bench.PathOf("web/css/site.css")}|/www/css/site.css|public|text/css; charset=utf-8|web/css/site.css",
                $"{bench.PathOf("web/names.private.json")}|/www/names.json|private|application/json|web/names.private.json",
            ],
            task.Assets.Select(Describe)
        );
        Assert.Empty(_engine.Log);
    }

    [Fact]
    public async Task Without_items_the_usual_folders_are_taken()
    {
        await using var bench = Workbench.Create();
        bench.Write("assets/a.txt", "a");
        bench.Write("static/s.txt", "s");
        var task = bench.CollectTask(_engine);

        Assert.True(task.Execute());

        Assert.Equal(["/a.txt"], task.Assets.Select(asset => asset.GetMetadata("AssetPath")));
        Assert.Empty(_engine.Log);
    }

    [Fact]
    public async Task Special_characters_in_names_survive()
    {
        await using var bench = Workbench.Create();
        var file = bench.Write("we;b/100%41 'of' @(it)$.txt", "x");
        var task = bench.CollectTask(
            _engine,
            Workbench.Item(file, ("AssetPath", "/all.txt"), ("ContentType", "text/plain; title=\"50%25;a\""))
        );

        Assert.True(task.Execute());

        Assert.Equal(
            $"{file}|/all.txt|public|text/plain; title=\"50%25;a\"|we;b/100%41 'of' @(it)$.txt",
            Describe(Assert.Single(task.Assets))
        );
        Assert.Empty(_engine.Log);
    }

    [Fact]
    public async Task Metadata_on_several_lines_is_trimmed()
    {
        await using var bench = Workbench.Create();
        bench.Write("web/a.css", "a{}");
        bench.Write("web/b.md", "b");
        bench.Write("web/c.bak", "c");
        var logo = bench.Write("logo.svg", "<svg/>");
        var other = bench.Write("other.svg", "<svg/>");
        var task = bench.CollectTask(
            _engine,
            Workbench.Item(
                logo,
                ("AssetPath", "\n  /l.svg\n"),
                ("Visibility", "\r\n\tprivate\r\n"),
                ("ContentType", "\n image/x-logo \n")
            ),
            Workbench.Item(other, ("Link", "\n  img/o.svg\n"), ("PathPrefix", "\n /x \n"), ("Visibility", "\n  \n"))
        );
        task.Folders =
        [
            Workbench.Item(
                bench.PathOf("web"),
                ("ExcludePatterns", "\n  *.md\n  *.bak;\n"),
                ("PathPrefix", "\n /www\n"),
                ("Visibility", "\n protected\n")
            ),
        ];

        Assert.True(task.Execute());

        Assert.Equal(
            [
                $"{logo}|/l.svg|private|image/x-logo|logo.svg",
                $"{bench.PathOf("web/a.css")}|/www/a.css|protected|text/css; charset=utf-8|web/a.css",
                $"{other}|/x/img/o.svg|public|image/svg+xml|other.svg",
            ],
            task.Assets.Select(Describe)
        );
        Assert.Empty(_engine.Log);
    }

    [Fact]
    public async Task Patterns_that_are_not_valid_are_errors()
    {
        await using var bench = Workbench.Create();
        bench.Write("web/a.css", "a{}");
        var task = bench.CollectTask(_engine);
        task.Folders = [Workbench.Item(bench.PathOf("web"), ("ExcludePatterns", "**/*.{md;bak}"))];
        task.Set(SettingTable.Allow, "*.[z-a]");

        Assert.False(task.Execute());

        Assert.Equal(
            [
                LoggedEvent.Error(
                    "SAB2033",
                    "The pattern '**/*.{md' in ExcludePatterns is not valid: a '{' has no '}' after it. Write {a,b} for alternatives, or [{] for the character."
                ),
                LoggedEvent.Error(
                    "SAB2033",
                    "The pattern 'bak}' in ExcludePatterns is not valid: a '}' has no '{' before it. Write [}] for the character."
                ),
                LoggedEvent.Error(
                    "SAB2033",
                    "The pattern '*.[z-a]' in ServerlessAssetsAllow is not valid: the range z-a is empty. Write a-z."
                ),
            ],
            _engine.Log
        );
    }

    /// <summary>MSBuild does not tell which items a pattern without <c>**</c> found.</summary>
    [Fact]
    public async Task Own_files_that_a_pattern_of_items_found_are_left_out()
    {
        await using var bench = Workbench.Create();
        var project = bench.Write(
            "Site.csproj",
            """<Project><ItemGroup><ServerlessAsset Include="*.json;report.html" /></ItemGroup></Project>"""
        );
        var task = bench.CollectTask(
            _engine,
            Found("data.json"),
            Found("m.json"),
            Found("m.json.previous"),
            Found("report.html")
        );
        task.Set(SettingTable.ManifestPath, bench.PathOf("m.json"));
        task.Set(SettingTable.ReportPath, bench.PathOf("report.html"));

        Assert.True(task.Execute());

        Assert.Equal(["/data.json", "/report.html"], task.Assets.Select(asset => asset.GetMetadata("AssetPath")));

        ITaskItem Found(string name) => new ItemOfProject(name, bench.Write(name, "x"), project);
    }

    [Theory]
    [InlineData("docs/.htpasswd.sample;assets/*", "assets/.htpasswd", false)]
    [InlineData("docs/.htpasswd;assets/*", "assets/.htpasswd", false)]
    [InlineData("assets/**/*", "assets/.htpasswd", false)]
    [InlineData("assets\\.*", "assets/.htpasswd", false)]
    [InlineData("$(Dir)/*", "assets/.htpasswd", false)]
    [InlineData("assets/*;$(Other)", "assets/.htpasswd", false)]
    [InlineData("assets/*", "assets/.htpasswd", false)]
    [InlineData("assets/*;\n  assets\\.nojekyll", "assets/.nojekyll", true)]
    [InlineData("./assets/../assets/.NoJekyll", "assets/.nojekyll", true)]
    [InlineData("**/.nojekyll", ".nojekyll", true)]
    [InlineData("assets/*;$(Dir)/.nojekyll", "assets/.nojekyll", true)]
    [InlineData("images/*;$(HiddenFile)", "assets/.nojekyll", true)]
    [InlineData("$([System.IO.Path]::Combine('a;b', $(HiddenFile)))", "assets/.nojekyll", true)]
    [InlineData("@(Content)", "assets/.nojekyll", true)]
    [InlineData("@(Content->'%(Identity)', ';')", "assets/.nojekyll", true)]
    [InlineData("assets/%2enojekyll", "assets/.nojekyll", true)]
    [InlineData("assets/%2e%6eojekyl%6c", "assets/.htpasswd", false)]
    public async Task A_hidden_file_is_collected_if_an_item_names_it(string include, string file, bool isCollected)
    {
        await using var bench = Workbench.Create();
        var project = bench.Write(
            "Site.csproj",
            $"""<Project><ItemGroup><ServerlessAsset Include="{include}" /><None Include="{file}" /></ItemGroup></Project>"""
        );
        var task = bench.CollectTask(
            _engine,
            new ItemOfProject("a.txt", bench.Write("a.txt"), project),
            new ItemOfProject(file, bench.Write(file), project)
        );

        Assert.True(task.Execute());

        Assert.Equal(isCollected ? 2 : 1, task.Assets.Length);
    }

    [Fact]
    public async Task Own_files_in_another_item_are_left_out()
    {
        await using var bench = Workbench.Create();
        var project = bench.Write(
            "Site.csproj",
            """<Project><ItemGroup><ServerlessAsset Include="@(Content)" /></ItemGroup></Project>"""
        );
        var task = bench.CollectTask(
            _engine,
            new ItemOfProject("a.txt", bench.Write("a.txt"), project),
            new ItemOfProject("m.json", bench.Write("m.json"), project)
        );
        task.Set(SettingTable.ManifestPath, bench.PathOf("m.json"));

        Assert.True(task.Execute());

        Assert.Equal(["/a.txt"], task.Assets.Select(asset => asset.GetMetadata("AssetPath")));
    }

    [Fact]
    public async Task Output_folders_are_left_out()
    {
        await using var bench = Workbench.Create();
        bench.Write("index.html", "x");
        bench.Write("out/Site.dll", "x");
        bench.Write("publish/Site.dll", "x");
        var task = bench.CollectTask(_engine);
        task.Folders = [Workbench.Item(bench.Project)];
        task.OutputFolders = [Workbench.Item(bench.PathOf("out/")), Workbench.Item(bench.PathOf("publish"))];

        Assert.True(task.Execute());

        Assert.Equal(
            ["/assets/index.html", "/index.html"],
            task.Assets.Select(asset => asset.GetMetadata("AssetPath"))
        );
    }

    [Fact]
    public async Task Nothing_found_is_a_warning()
    {
        await using var bench = Workbench.Create();
        var task = bench.CollectTask(_engine);

        Assert.True(task.Execute());

        Assert.Empty(task.Assets);
        Assert.Equal(
            [
                LoggedEvent.Warning(
                    "SAB2018",
                    $"No assets found: {bench.Project} has no files in a folder assets or static. Add files, or add a ServerlessAssetFolder or ServerlessAsset item."
                ),
            ],
            _engine.Log
        );
    }

    [Fact]
    public async Task All_problems_are_reported_together_and_settings_are_validated_before_an_upload()
    {
        await using var bench = Workbench.Create();
        bench.Environment.Clear();
        var empty = bench.Write("empty.txt", "");
        var key = bench.Write("server.pem", "-----");
        var settings = bench.Write("appsettings.json", "{}");
        var missing = bench.PathOf("missing.txt");
        var shown = bench.Write("shown.txt", "x");
        var task = bench.CollectTask(
            _engine,
            Workbench.Item(empty),
            Workbench.Item(key),
            Workbench.Item(settings),
            Workbench.Item(missing),
            Workbench.Item(shown, ("Visibility", "hidden"))
        );
        task.LastStep = "Upload";
        task.Set(SettingTable.ServiceSid, "ZS123");
        task.Set(SettingTable.MaxConcurrency, "-1");
        task.Set(SettingTable.RequestTimeout, "0");

        Assert.False(task.Execute());

        Assert.Empty(task.Assets);
        Assert.Equal(
            [
                LoggedEvent.Warning(
                    "SAB2016",
                    "'appsettings.json' looks like source code or settings and would be public. Exclude it, or add it to ServerlessAssetsAllow (a file name, or a path relative to the project; * and ** are wildcards).",
                    settings
                ),
                LoggedEvent.Error(
                    "SAB1009",
                    "ServerlessAssetsMaxConcurrency '-1' is not valid: expected a whole number of at least 0."
                ),
                LoggedEvent.Error(
                    "SAB1009",
                    "ServerlessAssetsRequestTimeout '0' is not valid: expected a whole number from 1 to 2592000."
                ),
                LoggedEvent.Error(
                    "SAB1003",
                    "ServerlessAssetsServiceSid 'ZS123' is not a valid Service SID: expected ZS followed by 32 hexadecimal digits. Copy the SID from the Twilio Console, or set ServerlessAssetsServiceName instead."
                ),
                LoggedEvent.NoCredentials,
                LoggedEvent.Error(
                    "SAB2002",
                    $"The asset '{missing}' does not exist. Create it, or correct the Include of its ServerlessAsset item.",
                    missing
                ),
                LoggedEvent.Error(
                    "SAB2003",
                    "The visibility 'hidden' of 'shown.txt' is not valid: expected public, protected or private. Correct Visibility.",
                    shown
                ),
                LoggedEvent.Error(
                    "SAB2013",
                    "'empty.txt' is empty (0 bytes): the service requires at least 1 byte. Add content, delete the file, or exclude it with ExcludePatterns or .serverlessignore.",
                    empty
                ),
                LoggedEvent.Error(
                    "SAB2015",
                    "'server.pem' looks like a secret and would be public. Exclude it, make it private, or, if it is not a secret, add it to ServerlessAssetsAllow (a file name, or a path relative to the project; * and ** are wildcards).",
                    key
                ),
            ],
            _engine.Log
        );
    }

    [Fact]
    public async Task A_collection_by_itself_needs_no_settings()
    {
        await using var bench = Workbench.Create();
        bench.Environment.Clear();
        var task = bench.CollectTask(_engine, Workbench.Item(bench.Write("a.txt", "a")));
        task.Set(SettingTable.ServiceName, "");

        Assert.True(task.Execute());

        Assert.Single(task.Assets);
        Assert.Empty(_engine.Log);
    }

    private static string Describe(ITaskItem asset) =>
        string.Join(
            '|',
            asset.ItemSpec,
            asset.GetMetadata("AssetPath"),
            asset.GetMetadata("Visibility"),
            asset.GetMetadata("ContentType"),
            asset.GetMetadata("DisplayPath")
        );

    /// <summary>Only a Deployment creates the Environment, whose domain suffix, at most 16 characters, is its name.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("Upload", "")]
    [InlineData("Build", "")]
    [InlineData("Deploy", "SAB1015")]
    public async Task The_settings_of_the_steps_that_follow_are_checked(string nextStep, string expected)
    {
        await using var bench = Workbench.Create();
        bench.Environment["TWILIO_API_KEY"] = "SK00000000000000000000000000000001";
        bench.Environment["TWILIO_API_SECRET"] = "secret";
        var task = bench.CollectTask(_engine, Workbench.Item(bench.Write("a.txt", "a")));
        task.LastStep = nextStep;
        task.Set(SettingTable.Environment, "production-of-the-site");

        Assert.Equal(expected.Length == 0, task.Execute());

        Assert.Equal(expected, string.Join(' ', _engine.Log.Select(logged => logged.Code)));
    }
}

/// <summary>An item that a project file defines, which the usual <c>TaskItem</c> does not know.</summary>
/// <param name="include">The path as the project file has it.</param>
file sealed class ItemOfProject(string include, string fullPath, string project) : ITaskItem
{
    private readonly Microsoft.Build.Utilities.TaskItem _item = new(include);

    public string ItemSpec
    {
        get => _item.ItemSpec;
        set => _item.ItemSpec = value;
    }

    public System.Collections.ICollection MetadataNames => _item.MetadataNames;

    public int MetadataCount => _item.MetadataCount;

    public string GetMetadata(string metadataName) =>
        metadataName switch
        {
            "DefiningProjectFullPath" => project,
            "FullPath" => fullPath,
            _ => _item.GetMetadata(metadataName),
        };

    public void SetMetadata(string metadataName, string metadataValue) =>
        _item.SetMetadata(metadataName, metadataValue);

    public void RemoveMetadata(string metadataName) => _item.RemoveMetadata(metadataName);

    public void CopyMetadataTo(ITaskItem destinationItem) => _item.CopyMetadataTo(destinationItem);

    public System.Collections.IDictionary CloneCustomMetadata() => _item.CloneCustomMetadata();
}
