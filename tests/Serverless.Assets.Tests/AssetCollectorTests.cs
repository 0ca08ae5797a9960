using Serverless.Assets.Client;
using Serverless.Assets.CodeGeneration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests;

public sealed class AssetCollectorTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Assets_of_the_default_folder_are_sorted_by_path()
    {
        foreach (
            var file in new[]
            {
                "assets/b.txt",
                "assets/a/z.txt",
                "assets/B.css",
                "assets/names.private.json",
                "assets/.env",
                "static/not-taken.txt",
            }
        )
        {
            _temp.Write(file);
        }

        Assert.Equal(["/B.css", "/a/z.txt", "/b.txt", "/names.json"], Collect().Select(asset => asset.Path.Value));
        Assert.Empty(_logger.Warnings);
    }

    [Fact]
    public void Named_sources_are_taken_in_the_place_of_the_default_folders()
    {
        _temp.Write("assets/not-taken.txt");
        _temp.Write("site/index.html");
        _temp.Write("more/robots.txt");
        var assets = Collect(
            Request with
            {
                Sources =
                [
                    new FolderSource(_temp["site"], [], [], "/s", "protected"),
                    new FileSource(_temp["more/robots.txt"], "robots.txt"),
                ],
            }
        );
        Assert.Equal(
            [
                new LocalAsset(
                    _temp["more/robots.txt"],
                    "more/robots.txt",
                    AssetPath.Parse("/robots.txt"),
                    Visibility.Public,
                    "text/plain; charset=utf-8"
                ),
                new LocalAsset(
                    _temp["site/index.html"],
                    "site/index.html",
                    AssetPath.Parse("/s/index.html"),
                    Visibility.Protected,
                    "text/html; charset=utf-8"
                ),
            ],
            assets
        );
    }

    [Fact]
    public void An_item_gives_a_file_of_a_folder_settings_of_its_own()
    {
        var file = _temp.Write("assets/menu.json");
        _temp.Write("assets/a.txt");
        var folder = new FolderSource(_temp["assets"], [], []);
        var item = new FileSource(file, "menu.json", ContentType: "application/ld+json", Visibility: "protected");
        Assert.Equal(
            [
                ("/a.txt", Visibility.Public, "text/plain; charset=utf-8"),
                ("/menu.json", Visibility.Protected, "application/ld+json"),
            ],
            Collect(Request with { Sources = [folder, item] })
                .Select(asset => (asset.Path.Value, asset.Visibility, asset.ContentType))
        );

        // The folder provides the settings that the item leaves empty. At another path, the item is an asset of its own.
        Assert.Equal(
            [("/a.txt", Visibility.Private), ("/menu.json", Visibility.Private)],
            Collect(Request with { Sources = [folder with { Visibility = "private" }, item with { Visibility = "" }] })
                .Select(asset => (asset.Path.Value, asset.Visibility))
        );
        Assert.Equal(
            ["/a.txt", "/b.json", "/menu.json"],
            Collect(Request with { Sources = [folder, item with { AssetPath = "/b.json" }] })
                .Select(asset => asset.Path.Value)
        );
        Assert.Equal(
            ["/a.txt", "/b.json", "/menu.json"],
            Collect(Request with { Sources = [folder, item, item with { AssetPath = "/b.json" }] })
                .Select(asset => asset.Path.Value)
        );
        var failure = Assert.Throws<AssetException>(() => Collect(Request with { Sources = [folder, item, item] }));
        DiagnosticAssert.Same(
            failure.Diagnostics,
            DiscoveryDiagnostics.SamePath("assets/menu.json", "assets/menu.json", "/menu.json", file)
        );
    }

    [Fact]
    public void All_problems_of_all_steps_including_settings_are_reported_together()
    {
        _temp.Write("assets/our menu.txt");
        _temp.Write("assets/empty.txt", "");
        _temp.Write("assets/server.pem");
        _temp.Write("assets/app.js.map");
        _temp.Write("assets/Logo.svg");
        _temp.Write("more/logo.svg");
        var request = Request with
        {
            Sources =
            [
                new FolderSource(_temp["assets"], ["**/*", "../x"], []),
                new FolderSource(_temp["gone"], [], []),
                new FileSource(_temp["gone.txt"], "gone.txt"),
                new FileSource(_temp["more/logo.svg"], "logo.svg", Visibility: "secret"),
                new FileSource(_temp["more/logo.svg"], "logo.svg", ContentType: "svg"),
                new FileSource(_temp["more/logo.svg"], "logo.svg"),
            ],
        };
        var settings = TestSettings
            .Create(_temp)
            .With(SettingTable.PathCharacters, "Tilde")
            .With(SettingTable.ServiceSid, "ZS1")
            .With(SettingTable.MaxConcurrency, -1)
            .With(SettingTable.Region, "au1");

        var failure = Assert.Throws<AssetException>(() =>
            Collect(request with { Settings = settings, LastStep = LastStep.Upload }, FakeEnvironment.Empty)
        );
        Assert.Equal(
            [
                ("SAB1009", null),
                ("SAB1009", null),
                ("SAB1003", null),
                ("SAB1001", null),
                ("SAB2006", _temp["assets"]),
                ("SAB2001", _temp["gone"]),
                ("SAB2002", _temp["gone.txt"]),
                ("SAB2003", _temp["more/logo.svg"]),
                ("SAB2022", _temp["more/logo.svg"]),
                ("SAB2013", _temp["assets/empty.txt"]),
                ("SAB2008", _temp["assets/our menu.txt"]),
                ("SAB2011", _temp["more/logo.svg"]),
                ("SAB2015", _temp["assets/server.pem"]),
            ],
            failure.Diagnostics.Select(diagnostic => (diagnostic.Code, diagnostic.File))
        );
        Assert.All(failure.Diagnostics, diagnostic => Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity));
        Assert.Equal(
            [("SAB2016", _temp["assets/app.js.map"])],
            _logger.Warnings.Select(warning => (warning.Code, warning.File))
        );
    }

    [Fact]
    public void Warnings_alone_do_not_stop_the_run()
    {
        _temp.Write("assets/app.js.map");
        Assert.Single(Collect());
        DiagnosticAssert.SingleWarning(_logger.Warnings, "SAB2016", _temp["assets/app.js.map"], "'assets/app.js.map'");
    }

    [Fact]
    public void Neither_default_folder_is_a_warning_that_names_the_project()
    {
        Assert.Empty(Collect());
        DiagnosticAssert.SingleWarning(
            _logger.Warnings,
            "SAB2018",
            null,
            $"{_temp.Path} has no files in a folder assets or static",
            "ServerlessAssetFolder"
        );
    }

    [Theory]
    [InlineData(nameof(LastStep.Upload))]
    [InlineData(nameof(LastStep.Deploy))]
    public void A_project_that_has_only_the_package_needs_no_settings_and_gets_no_warning(string next)
    {
        var request = new CollectRequest
        {
            Settings = new SettingValues(new ProjectContext(_temp.Path)),
            LastStep = Enum.Parse<LastStep>(next),
        };

        Assert.Empty(Collect(request));
        Assert.Empty(_logger.Warnings);

        _temp.Write("assets/a.txt");
        var failure = Assert.Throws<AssetException>(() => Collect(request));
        Assert.Contains("SAB1004", failure.Diagnostics.Select(error => error.Code));
    }

    [Fact]
    public void Patterns_that_match_nothing_are_a_warning_and_other_warnings_do_not_hide_it()
    {
        _temp.Write("assets/a.txt");
        _temp.Write("assets/b.private.tar.gz");
        Assert.Single(Collect(Request with { Sources = [new FolderSource(_temp["assets"], ["*.gz"], [])] }));
        Assert.Equal(["SAB2023"], _logger.Warnings.Select(warning => warning.Code));
        Assert.Empty(Collect(Request with { Sources = [new FolderSource(_temp["assets"], ["*.css"], [])] }));
        Assert.Equal(["SAB2023", "SAB2018"], _logger.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void A_file_that_vanishes_after_it_was_found_is_an_error()
    {
        var file = _temp.Write("assets/a.txt");
        var failure = Assert.Throws<AssetException>(() => Collect(files: new FaultyFiles { OnStat = _ => null }));
        DiagnosticAssert.Same(failure.Diagnostics, DiscoveryDiagnostics.FileVanished("assets/a.txt", file));
    }

    [Fact]
    public void A_cancelled_collection_stops_at_the_next_file()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            _temp.Write($"assets/{name}.txt");
        }

        using var cancellationToken = new CancellationTokenSource();
        var looked = 0;
        var files = new FaultyFiles();
        files.OnStat = path =>
        {
            looked++;
            cancellationToken.Cancel();
            return new FileStamp(1, default, "");
        };
        Assert.Throws<OperationCanceledException>(() =>
            Collector(files: files).Collect(Request, cancellationToken: cancellationToken.Token)
        );
        Assert.Equal(1, looked);
        Assert.Empty(_logger.Warnings);
    }

    [Fact]
    public void A_cancelled_collection_and_generation_do_not_even_look_for_files()
    {
        _temp.Write("assets/a.txt");
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => Collector().Collect(Request, cancellationToken: cancelled));
        Assert.Throws<OperationCanceledException>(() =>
            Collector()
                .Collect(
                    Request with
                    {
                        Sources = [new FileSource(_temp["assets/a.txt"], "a.txt")],
                    },
                    cancellationToken: cancelled
                )
        );
        Assert.Throws<OperationCanceledException>(() =>
            new ConstantsGenerator(Context()).Generate(Request, _temp["Assets.cs"], cancelled)
        );
        Assert.Equal(["assets/a.txt"], _temp.Files());
    }

    private CollectRequest Request => new() { Settings = new SettingValues(new ProjectContext(_temp.Path)) };

    private IReadOnlyList<LocalAsset> Collect(
        CollectRequest? request = null,
        Func<string, string?>? environment = null,
        FaultyFiles? files = null
    ) => Collector(environment, files).Collect(request ?? Request, TestContext.Current.CancellationToken);

    private AssetCollector Collector(Func<string, string?>? environment = null, FaultyFiles? files = null) =>
        new(Context(environment, files));

    private EngineContext Context(Func<string, string?>? environment = null, FaultyFiles? files = null) =>
        new()
        {
            Logger = _logger,
            GetEnvironmentVariable = environment ?? TestSettings.Environment,
            Files = files ?? new FaultyFiles(),
        };
}
