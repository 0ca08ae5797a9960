using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Mapping;

public sealed class AssetMapperTests
{
    private static readonly string Project = OperatingSystem.IsWindows() ? @"C:\project" : "/project";
    private static readonly SettingValues Settings = new(new ProjectContext(Project));

    private readonly DiagnosticBag _problems = [];

    [Fact]
    public void The_path_below_the_folder_is_kept_and_messages_name_the_file_relative_to_the_project()
    {
        var file = InFolder("css/deep/site.css");
        var asset = new AssetMapper(Settings, _problems).Map(file);
        Assert.Equal(
            new MappedFile(
                file.FullPath,
                "assets/css/deep/site.css",
                "/css/deep/site.css",
                Visibility.Public,
                "text/css; charset=utf-8",
                file.Source
            ),
            asset
        );
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("names.private.json", "/names.json", "Private", "application/json")]
    [InlineData("hold.protected.twiml", "/hold.twiml", "Protected", "text/xml; charset=utf-8")]
    [InlineData("NAMES.Private.JSON", "/NAMES.JSON", "Private", "application/json")]
    [InlineData("data/a.b.private.bin", "/data/a.b.bin", "Private", "application/octet-stream")]
    [InlineData("app.private.private.js", "/app.private.js", "Private", "text/javascript; charset=utf-8")]
    [InlineData("app.private.protected.js", "/app.private.js", "Protected", "text/javascript; charset=utf-8")]
    [InlineData("sub.private/README", "/sub.private/README", "Public", "application/octet-stream")]
    [InlineData("sub.private/index.html", "/sub.private/index.html", "Public", "text/html; charset=utf-8")]
    [InlineData("sub.protected/names.private.json", "/sub.protected/names.json", "Private", "application/json")]
    [InlineData("private.json", "/private.json", "Public", "application/json")]
    [InlineData("namesprivate.json", "/namesprivate.json", "Public", "application/json")]
    [InlineData("names.public.json", "/names.public.json", "Public", "application/json")]
    public void A_mark_counts_in_the_name_of_the_file_only(
        string relativePath,
        string path,
        string visibility,
        string contentType
    )
    {
        var asset = MapInFolder(relativePath);
        Assert.Equal(
            (path, Enum.Parse<Visibility>(visibility), contentType),
            (asset!.Path, asset.Visibility, asset.ContentType)
        );
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("names.private", "private")]
    [InlineData("names.private.", "private")]
    [InlineData(".private.json", "private")]
    [InlineData("names.Protected.min.json", "protected")]
    public void A_mark_at_another_place_in_the_name_has_no_effect_and_is_a_warning(string relativePath, string mark)
    {
        var asset = MapInFolder(relativePath);
        Assert.Equal(("/" + relativePath, Visibility.Public), (asset!.Path, asset.Visibility));
        DiagnosticAssert.SingleWarning(
            _problems,
            "SAB2023",
            asset.File,
            $"'assets/{relativePath}'",
            $"names.{mark}.json",
            "Rename the file"
        );
    }

    [Fact]
    public void Marks_can_be_switched_off()
    {
        var asset = MapInFolder(
            "names.private.json",
            settings: Settings.With(SettingTable.VisibilityFromFileName, false)
        );
        Assert.Equal(("/names.private.json", Visibility.Public), (asset!.Path, asset.Visibility));
    }

    [Theory]
    [InlineData("public", "Public")]
    [InlineData("PROTECTED", "Protected")]
    [InlineData(" Private ", "Private")]
    public void Visibility_metadata_wins_over_the_mark_which_leaves_the_path_all_the_same(
        string metadata,
        string expected
    )
    {
        var asset = MapInFolder("names.private.json", visibility: metadata);
        Assert.Equal(("/names.json", Enum.Parse<Visibility>(expected)), (asset!.Path, asset.Visibility));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("secret")]
    [InlineData("0")]
    [InlineData("public,private")]
    [InlineData(" ")]
    public void An_unknown_visibility_is_an_error_that_names_file_value_and_choice(string visibility)
    {
        Assert.Null(MapInFolder("a.txt", visibility: visibility));
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2003",
            FullPath("a.txt"),
            "'assets/a.txt'",
            $"'{visibility}'",
            "expected public, protected or private"
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("//")]
    [InlineData(" / ")]
    [InlineData("\\")]
    public void The_prefix_is_the_root_unless_set(string prefix) =>
        Assert.Equal("/a.txt", MapInFolder("a.txt", prefix)!.Path);

    [Theory]
    [InlineData("static")]
    [InlineData("/static")]
    [InlineData("static/")]
    [InlineData("/static/")]
    [InlineData("\\static\\")]
    [InlineData(" static ")]
    public void A_prefix_may_be_written_in_any_way(string prefix) =>
        Assert.Equal("/static/sub/a.txt", MapInFolder("sub/a.txt", prefix)!.Path);

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("//a/b//")]
    public void A_prefix_may_have_several_segments(string prefix) =>
        Assert.Equal("/a/b/c.txt", MapInFolder("c.txt", prefix)!.Path);

    [Theory]
    [InlineData("/home", "/home")]
    [InlineData("home", "/home")]
    [InlineData("//home", "/home")]
    [InlineData("a\\b.txt", "/a/b.txt")]
    [InlineData("/names.private.json", "/names.private.json")]
    public void An_asset_path_is_the_whole_path(string assetPath, string expected)
    {
        var asset = Map(
            new FileSource(FullPath("names.private.json"), "names.private.json", assetPath, PathPrefix: "/not-used")
        );
        Assert.Equal((expected, Visibility.Private), (asset!.Path, asset.Visibility));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("", "/our menu.txt")]
    [InlineData("Strict", "/our menu.txt")]
    [InlineData("dash", "/our-menu.txt")]
    [InlineData("DASH", "/our-menu.txt")]
    public void White_space_becomes_a_dash_on_request(string characters, string expected)
    {
        Assert.Equal(
            expected,
            MapInFolder("our menu.txt", settings: Settings.With(SettingTable.PathCharacters, characters))!.Path
        );
        Assert.Empty(_problems);
    }

    [Fact]
    public void Each_white_space_is_a_dash_in_prefix_folder_and_name_and_the_rest_stays()
    {
        var dash = Settings.With(SettingTable.PathCharacters, "Dash");
        Assert.Equal("/a-b/c--d/e-f(1).txt", MapInFolder("c  d/e\u00a0f(1).txt", "a b", settings: dash)!.Path);
        Assert.Equal("/x-y", Map(new FileSource(FullPath("a"), "a", "x\ty"), dash)!.Path);
    }

    [Theory]
    [InlineData("Tilde")]
    [InlineData("1")]
    [InlineData("7")]
    [InlineData("Strict,Dash")]
    public void An_unknown_way_with_characters_is_one_error_for_all_files(string value)
    {
        var settings = Settings.With(SettingTable.PathCharacters, value);
        _problems.AddRange(settings.FindProblems());
        var mapper = new AssetMapper(settings, _problems);
        mapper.Map(InFolder("a.txt"));
        mapper.Map(InFolder("b.txt"));
        DiagnosticAssert.SingleError(
            _problems,
            "SAB1009",
            null,
            "ServerlessAssetsPathCharacters",
            $"'{value}'",
            "expected Strict or Dash"
        );
    }

    [Theory]
    [InlineData("image/png")]
    [InlineData("text/html; charset=utf-8")]
    [InlineData("text/html;charset=\"utf-8\"")]
    [InlineData("application/vnd.example+json; version=1; title=\"a b\"")]
    [InlineData("audio/x-wav")]
    public void A_content_type_wins_over_the_extension(string contentType)
    {
        Assert.Equal(
            contentType,
            Map(new FileSource(FullPath("a.css"), "a.css", ContentType: contentType))!.ContentType
        );
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("png")]
    [InlineData("image/")]
    [InlineData("/png")]
    [InlineData("image/png;")]
    [InlineData("image/png; charset")]
    [InlineData("image png")]
    [InlineData("image/png\n")]
    [InlineData("image/png\r\nX-Evil: 1")]
    [InlineData("text/html;\ncharset=utf-8")]
    [InlineData("text/html; charset=\"a\"b\"")]
    [InlineData("text/html; title=\"a\u0000b\"")]
    [InlineData("text/html; title=\"café\"")]
    [InlineData(" ")]
    public void A_content_type_that_is_none_is_an_error_that_names_file_and_value(string contentType)
    {
        Assert.Null(Map(new FileSource(FullPath("a.css"), "a.css", ContentType: contentType)));
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2022",
            FullPath("a.css"),
            "'assets/a.css'",
            $"'{LogSanitizer.Escape(contentType)}'",
            "Correct its ContentType"
        );
    }

    [Fact]
    public void Every_type_of_the_data_file_and_every_accepted_one_can_be_sent()
    {
        string[] names = ["a.html", "a.css", "a.json", "a.woff2", "a.unknown"];
        Assert.All(
            names,
            name =>
                Assert.Equal(
                    ContentTypes.FromFileName(name),
                    System.Net.Http.Headers.MediaTypeHeaderValue.Parse(MapInFolder(name)!.ContentType).ToString()
                )
        );
    }

    private MappedFile? MapInFolder(
        string relativePath,
        string prefix = "",
        string visibility = "",
        SettingValues? settings = null
    ) => new AssetMapper(settings ?? Settings, _problems).Map(InFolder(relativePath, prefix, visibility));

    private MappedFile? Map(FileSource source, SettingValues? settings = null) =>
        new AssetMapper(settings ?? Settings, _problems).Map(
            new DiscoveredFile(source.File, source.RelativePath, source)
        );

    private static DiscoveredFile InFolder(string relativePath, string prefix = "", string visibility = "") =>
        new(
            FullPath(relativePath),
            relativePath,
            new FolderSource(Path.Combine(Project, "assets"), [], [], prefix, visibility)
        );

    private static string FullPath(string relativePath) => Path.Combine(Project, "assets", relativePath);
}
