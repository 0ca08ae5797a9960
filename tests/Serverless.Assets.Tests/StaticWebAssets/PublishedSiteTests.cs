using System.Text.Json;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Tests.StaticWebAssets;

public sealed class PublishedSiteTests : IDisposable
{
    private const string Endpoints = "out/Site.staticwebassets.endpoints.json";
    private const string Html = "<script src=\"js/app.js\"></script>";

    private readonly TempFolder _temp = new();
    private readonly RecordingLogger _logger = new();

    private PublishedSite Site => new() { Folder = _temp["out/wwwroot"], EndpointsFile = _temp[Endpoints] };

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Compressed_copies_are_left_out_and_compressed_files_taken()
    {
        Write("js/app.js", "js/app.js.br", "js/app.js.gz", "data.gz", "data.BR", "sub/app.js.gz");

        Assert.Equal(["/data.BR", "/data.gz", "/js/app.js", "/sub/app.js.gz"], Paths(Site));
        Assert.Equal(
            [
                "Serverless assets: published wwwroot: 4 files; additional paths: 0; "
                    + "skipped: 2 compressed copies, 0 files of earlier publishes",
            ],
            _logger.MessagesOf(LogLevel.Summary)
        );
        Assert.Equal(
            ["/data.BR", "/data.gz", "/js/app.js", "/js/app.js.br", "/js/app.js.gz", "/sub/app.js.gz"],
            Paths(Site with { IncludeCompressed = true })
        );
    }

    [Fact]
    public void Files_of_an_earlier_publish_are_left_out_and_files_that_nobody_lists_taken()
    {
        Write(
            "_framework/site.aaaaaaaaaa.wasm",
            "_framework/site.bbbbbbbbbb.wasm",
            "_framework/site.extensions.wasm",
            "other/site.bbbbbbbbbb.wasm",
            "generated.html"
        );
        List(
            Route("_framework/site.aaaaaaaaaa.wasm", "_framework/site.aaaaaaaaaa.wasm", "aaaaaaaaaa"),
            Route("_framework/site.wasm", "_framework/site.aaaaaaaaaa.wasm")
        );

        // This part of the name has the length of a fingerprint, but the endpoints file lists the file.
        Write("_framework/site.tenletters.wasm");
        List(
            Route("_framework/site.aaaaaaaaaa.wasm", "_framework/site.aaaaaaaaaa.wasm", "aaaaaaaaaa"),
            Route("_framework/site.tenletters.wasm", "_framework/site.tenletters.wasm")
        );

        Assert.Equal(
            [
                "/_framework/site.aaaaaaaaaa.wasm",
                "/_framework/site.tenletters.wasm",
                "/generated.html",
                "/other/site.bbbbbbbbbb.wasm",
            ],
            Paths(Site)
        );
        Assert.EndsWith(
            "skipped: 0 compressed copies, 2 files of earlier publishes",
            Assert.Single(_logger.MessagesOf(LogLevel.Summary)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("index.html", "<link href=\"css/site.5fz2kq8w1c.css\">")]
    [InlineData("css/all.css", "@import url(../css/site.5fz2kq8w1c.css);")]
    [InlineData("js/load.js", "load('/css/site.5fz2kq8w1c.css?v=1')")]
    [InlineData("service-worker-assets.js", "{ \"url\": \"css\\/site.5fz2kq8w1c.css\" }")]
    public void A_fingerprinted_route_is_an_asset_when_something_names_it(string file, string text)
    {
        Write("css/site.css", "js/app.js");
        _temp.Write($"out/wwwroot/{file}", text);
        List(
            Route("css/site.css", "css/site.css"),
            Route("css/site.5fz2kq8w1c.css", "css/site.css", "5fz2kq8w1c"),
            Route("css/site.5fz2kq8w1c.css", "css/site.css.br", "5fz2kq8w1c", "br"),
            Route("js/app.a1b2c3d4e5.js", "js/app.js", "a1b2c3d4e5"),
            Route("gone.a1b2c3d4e5.js", "../gone.js", "a1b2c3d4e5")
        );

        var site = Collect(Site);
        Assert.Equal(
            new[] { "/css/site.5fz2kq8w1c.css", "/css/site.css", "/js/app.js", "/" + file }.Order(
                StringComparer.Ordinal
            ),
            site.Select(asset => asset.Path.Value)
        );
        var (extra, own) = (
            site.Single(asset => asset.Path == "/css/site.5fz2kq8w1c.css"),
            site.Single(asset => asset.Path == "/css/site.css")
        );
        Assert.Equal(own with { Path = extra.Path }, extra);
        Assert.Contains(
            "additional paths: 1 (/css/site.5fz2kq8w1c.css)",
            Assert.Single(_logger.MessagesOf(LogLevel.Summary)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void All_routes_or_none_are_assets_on_request()
    {
        Write("css/site.css", "_framework/dotnet.aaaaaaaaaa.js", "names.private.json");
        _temp.Write("out/wwwroot/index.html", "css/site.5fz2kq8w1c.css names.private.cccccccccc.json");
        List(
            Route("css/site.5fz2kq8w1c.css", "css/site.css", "5fz2kq8w1c"),
            Route("_framework/dotnet.js", "_framework/dotnet.aaaaaaaaaa.js"),
            Route("names.private.cccccccccc.json", "names.private.json", "cccccccccc"),
            Route("{**path:nonfile}", "index.html")
        );

        Assert.Equal(
            [
                "/_framework/dotnet.aaaaaaaaaa.js",
                "/_framework/dotnet.js",
                "/css/site.5fz2kq8w1c.css",
                "/css/site.css",
                "/index.html",
                "/names.json",
            ],
            Paths(Site with { FingerprintedPaths = With("all").Get(SettingTable.FingerprintedPaths) })
        );
        Assert.Equal(
            ["/_framework/dotnet.aaaaaaaaaa.js", "/css/site.css", "/index.html", "/names.json"],
            Paths(Site with { FingerprintedPaths = With("None").Get(SettingTable.FingerprintedPaths) })
        );
        DiagnosticAssert.SingleError(
            Assert.Throws<AssetException>(() => Collect(Request(Site) with { Settings = With("1") })).Diagnostics,
            "SAB1009",
            null,
            "ServerlessAssetsFingerprintedPaths '1'",
            "Referenced, All or None"
        );
    }

    /// <summary>An import map also has the plain names, but redirects the browser to fingerprinted files.</summary>
    [Fact]
    public void A_plain_route_referenced_outside_the_import_map_is_an_asset()
    {
        Write("_framework/dotnet.aaaaaaaaaa.js", "_framework/blazor.bbbbbbbbbb.js");
        _temp.Write(
            "out/wwwroot/index.html",
            """<script type="importmap">{"imports": {"./_framework/dotnet.js": "./_framework/dotnet.aaaaaaaaaa.js"}}</script><script src="_framework/blazor.js"></script>"""
        );
        _temp.Write("out/wwwroot/boot.js", "import('./dotnet.js')");
        List(
            Route("_framework/dotnet.js", "_framework/dotnet.aaaaaaaaaa.js"),
            Route("_framework/blazor.js", "_framework/blazor.bbbbbbbbbb.js")
        );

        Assert.Equal(
            [
                "/_framework/blazor.bbbbbbbbbb.js",
                "/_framework/blazor.js",
                "/_framework/dotnet.aaaaaaaaaa.js",
                "/boot.js",
                "/index.html",
            ],
            Paths(Site)
        );
    }

    [Fact]
    public void The_start_page_is_served_at_index_paths_unless_a_file_exists_there()
    {
        _temp.Write("out/wwwroot/index.html", Html);
        Write("about", "docs/index.html");

        var site = Collect(Site with { IndexPaths = ["/assets/index.html", " counter ", "/about"] });

        Assert.Equal(
            ["/about", "/assets/index.html", "/counter", "/docs/index.html", "/index.html"],
            site.Select(asset => asset.Path.Value)
        );
        Assert.Equal(
            [
                ("/about", "about"),
                ("/assets/index.html", "index.html"),
                ("/counter", "index.html"),
                ("/docs/index.html", "docs/index.html"),
                ("/index.html", "index.html"),
            ],
            site.Select(asset => (asset.Path.Value, Path.GetRelativePath(Site.Folder, asset.File).Replace('\\', '/')))
        );
        Assert.Equal("text/html; charset=utf-8", site.Single(asset => asset.Path == "/counter").ContentType);
        Assert.Equal(["/about", "/docs/index.html", "/index.html"], Paths(Site with { IndexPaths = ["None"] }));
    }

    [Fact]
    public void The_start_page_is_copied_for_the_root_by_default()
    {
        Write("index.html", "a.txt");
        var settings = Settings.With(SettingTable.RootIndex, true);

        var assets = Collect(Request(Site) with { Settings = settings });

        Assert.Equal(["/a.txt", "/assets/index.html", "/index.html"], assets.Select(asset => asset.Path.Value));
        Assert.Equal(assets[2].File, assets[1].File);
    }

    [Fact]
    public void It_is_taken_together_with_folders_and_files_but_not_with_the_default_folder()
    {
        Write("a.txt");
        _temp.Write("assets/not-taken.txt");
        _temp.Write("more/b.txt");

        Assert.Equal(["/a.txt"], Paths(Site));
        Assert.Equal(
            ["/a.txt", "/x/b.txt"],
            Collect(Request(Site) with { Sources = [new FolderSource(_temp["more"], [], [], "/x")] })
                .Select(asset => asset.Path.Value)
        );
    }

    [Fact]
    public void An_item_can_spell_a_published_file_in_other_letter_case()
    {
        Write("index.html");
        var item = new FileSource(_temp["out/wwwroot/INDEX.html"], "INDEX.html", AssetPath: "/start.html");
        var request = Request(Site with { IndexPaths = ["/assets/index.html"] }) with { Sources = [item] };

        if (OperatingSystem.IsLinux())
        {
            var missing = Assert.Throws<AssetException>(() => Collect(request));
            Assert.Equal(["SAB2002"], missing.Diagnostics.Select(problem => problem.Code));
            return;
        }

        Assert.Equal(
            ["/assets/index.html", "/index.html", "/start.html"],
            Collect(request).Select(asset => asset.Path.Value)
        );
    }

    [Fact]
    public void A_missing_published_folder_or_an_invalid_route_list_is_reported()
    {
        DiagnosticAssert.SingleError(
            Assert.Throws<AssetException>(() => Collect(Site)).Diagnostics,
            "SAB2030",
            _temp["out/wwwroot"],
            "Add static web files to the project"
        );

        _temp.Folder("out/wwwroot");
        Assert.Empty(Collect(Site));
        DiagnosticAssert.SingleWarning(_logger.Warnings, "SAB2018", null, $"{_temp["out/wwwroot"]} has no files");

        Write("a.txt");
        foreach (var broken in new[] { "{", "[]", "{}", """{"Endpoints":[{"Route":"a"}]}""" })
        {
            _temp.Write(Endpoints, broken);
            DiagnosticAssert.SingleError(
                Assert.Throws<AssetException>(() => Collect(Site)).Diagnostics,
                "SAB2031",
                _temp[Endpoints],
                "Delete it and publish again"
            );
        }
    }

    /// <summary>Files of Blazor itself and of its project templates.</summary>
    [Fact]
    public void Framework_and_template_files_of_a_web_project_cause_no_warning()
    {
        Write("_framework/System.Private.CoreLib.hf5ynivft9.wasm", "lib/bootstrap/dist/css/bootstrap.css.map");
        _temp.Write(
            "out/wwwroot/appsettings.json",
            """{ "Api": { "BaseUrl": "https://example.com", "Password": "" }, } // a comment"""
        );

        Assert.Equal(3, Collect(Site).Count);
        Assert.Empty(_logger.Warnings);
    }

    [Fact]
    public void Settings_that_hold_a_secret_and_sources_are_warned_of_until_they_are_allowed()
    {
        var settings = _temp.Write(
            "out/wwwroot/appsettings.json",
            """{ "Api": { "Keys": [{ "ClientSecret": "s3cr3t-value" }] } }"""
        );
        var source = _temp.Write("out/wwwroot/code/Program.cs");

        Collect(Site);

        Assert.Equal(
            [("SAB2032", settings), ("SAB2016", source)],
            _logger.Warnings.Select(warning => (warning.Code, warning.File!))
        );
        Assert.Contains(
            "'out/wwwroot/appsettings.json' has a value for 'Api:Keys:0:ClientSecret'",
            _logger.Warnings[0].Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("s3cr3t-value", _logger.Everything(), StringComparison.Ordinal);

        // Patterns match the path that the file has in the project.
        var before = _logger.Warnings.Count;
        Collect(
            Request(Site) with
            {
                Settings = Settings.With(SettingTable.Allow, "wwwroot/appsettings.json;wwwroot/code/*.cs"),
            }
        );
        Assert.Equal(before, _logger.Warnings.Count);
    }

    [Theory]
    [InlineData("""{ "ConnectionStrings": { "Default": "x" } }""", "ConnectionStrings:Default")]
    [InlineData("""{ "Db": "Server=s;Password=p" }""", "Db")]
    [InlineData("""{ "Logging": { "Level": "Debug" }, "ApiKey": "k" }""", "ApiKey")]
    [InlineData("""{ "Title": "\ud800", "ApiKey": "k" }""", "ApiKey")]
    [InlineData("""{ "ApiKey": "\ud800" }""", "ApiKey")]
    [InlineData("""{ "\ud800": { "ApiKey": "k" } }""", @"\ud800:ApiKey")]
    public void A_secret_in_settings_is_found_by_its_key_or_its_form(string json, string key)
    {
        _temp.Write("out/wwwroot/appsettings.Production.json", json);
        Collect(Site);
        DiagnosticAssert.SingleWarning(
            _logger.Warnings,
            "SAB2032",
            _temp["out/wwwroot/appsettings.Production.json"],
            $"'{key}'"
        );
    }

    [Fact]
    public void A_secret_is_found_in_settings_that_are_not_UTF_8()
    {
        byte[] windows1252 = [.. """{ "Title": "caf"""u8, 0xE9, .. "\", \"ApiKey\": \"k\" }"u8];
        var settings = _temp.Write("out/wwwroot/appsettings.json", windows1252);
        Collect(Site);
        DiagnosticAssert.SingleWarning(_logger.Warnings, "SAB2032", settings, "'ApiKey'");
    }

    [Fact]
    public void Very_large_settings_are_not_searched()
    {
        _temp.Write("out/wwwroot/appsettings.json", $$"""{ "ApiKey": "k", "x": "{{new string('x', 4 << 20)}}" }""");
        Collect(Site);
        Assert.Empty(_logger.Warnings);
    }

    [Fact]
    public void With_assets_of_references_the_default_folder_is_still_not_collected()
    {
        Write("index.html");
        _temp.Write("assets/not-asked-for.txt");
        var shared = _temp.Write("shared/a.txt");

        var assets = Collect(Request(Site) with { Referenced = [new FileSource(shared, "a.txt", "/a.txt")] });

        Assert.Equal(["/a.txt", "/index.html"], assets.Select(asset => asset.Path.Value));
    }

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            _temp.Write($"out/wwwroot/{file}");
        }
    }

    private void List(params object[] endpoints) =>
        _temp.Write(
            Endpoints,
            JsonSerializer.Serialize(
                new
                {
                    Version = 1,
                    ManifestType = "Publish",
                    Endpoints = endpoints,
                }
            )
        );

    private static object Route(string route, string file, string? fingerprint = null, string? encoding = null) =>
        new
        {
            Route = route,
            AssetFile = file,
            Selectors = encoding is null
                ? []
                : new[]
                {
                    new
                    {
                        Name = "Content-Encoding",
                        Value = encoding,
                        Quality = "0.1",
                    },
                },
            ResponseHeaders = encoding is null ? [] : new[] { new { Name = "Content-Encoding", Value = encoding } },
            EndpointProperties = fingerprint is null ? [] : new[] { new { Name = "fingerprint", Value = fingerprint } },
        };

    private IEnumerable<string> Paths(PublishedSite site) => Collect(site).Select(asset => asset.Path.Value);

    private IReadOnlyList<LocalAsset> Collect(PublishedSite site) => Collect(Request(site));

    private IReadOnlyList<LocalAsset> Collect(CollectRequest request) =>
        new AssetCollector(new EngineContext { Logger = _logger }).Collect(
            request,
            cancellationToken: TestContext.Current.CancellationToken
        );

    /// <summary>Without the copy of the start page, which is not only for published sites.</summary>
    private SettingValues Settings =>
        new SettingValues(new ProjectContext(_temp.Path)).With(SettingTable.RootIndex, false);

    private SettingValues With(string fingerprintedPaths) =>
        Settings.With(SettingTable.FingerprintedPaths, fingerprintedPaths);

    private CollectRequest Request(PublishedSite site) => new() { Settings = Settings, Published = site };
}
