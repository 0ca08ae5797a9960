using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Tests.Validation;

public sealed class SecretGuardTests
{
    private DiagnosticBag _problems = [];

    [Theory]
    [InlineData("/.env")]
    [InlineData("/.env.production")]
    [InlineData("/.ENV")]
    [InlineData("/sub/server.pem")]
    [InlineData("/server.PFX")]
    [InlineData("/server.p12")]
    [InlineData("/deep/er/private.key")]
    [InlineData("/id_rsa")]
    [InlineData("/id_rsa.pub")]
    [InlineData("/id_ed25519")]
    [InlineData("/id_ed25519_sk.pub")]
    [InlineData("/ID_ECDSA")]
    [InlineData("/id_dsa")]
    [InlineData("/putty.ppk")]
    [InlineData("/release.jks")]
    [InlineData("/debug.keystore")]
    [InlineData("/passwords.kdbx")]
    [InlineData("/msbuild.binlog")]
    [InlineData("/server.pem.bak")]
    [InlineData("/server.key~")]
    [InlineData("/server.PFX.old")]
    [InlineData("/sub/release.jks.backup")]
    [InlineData("/.git/config")]
    [InlineData("/sub/.GIT/modules/x/config")]
    public void A_file_that_looks_like_a_secret_is_an_error_unless_private(string path)
    {
        Check(TestFile.At(path));
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2015",
            "/project/assets" + path,
            $"'assets{path}'",
            "would be public",
            "make it private",
            "ServerlessAssetsAllow"
        );

        _problems = [];
        Check(TestFile.At(path, Visibility.Protected));
        DiagnosticAssert.SingleError(
            _problems,
            "SAB2015",
            "/project/assets" + path,
            $"'assets{path}'",
            "would be protected"
        );

        _problems = [];
        Check(TestFile.At(path, Visibility.Private));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("/appsettings.json")]
    [InlineData("/sub/appsettings.Production.json")]
    [InlineData("/Program.CS")]
    [InlineData("/app.js.map")]
    [InlineData("/publish/App.pdb")]
    [InlineData("/Site.csproj")]
    [InlineData("/Directory.Build.props")]
    [InlineData("/Directory.Build.targets")]
    [InlineData("/Site.sln")]
    [InlineData("/Site.SLNX")]
    public void Sources_and_settings_that_go_public_are_a_warning(string path)
    {
        Check(TestFile.At(path));
        DiagnosticAssert.SingleWarning(
            _problems,
            "SAB2016",
            "/project/assets" + path,
            $"'assets{path}'",
            "would be public",
            "Exclude it",
            "ServerlessAssetsAllow"
        );

        _problems = [];
        Check(TestFile.At(path, Visibility.Protected));
        Check(TestFile.At(path, Visibility.Private));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("/env")]
    [InlineData("/my.env")]
    [InlineData("/pem")]
    [InlineData("/keys.txt")]
    [InlineData("/server.key.txt")]
    [InlineData("/not_id_rsa")]
    [InlineData("/id_card.png")]
    [InlineData("/pem.bak")]
    [InlineData("/keyboard.keys")]
    [InlineData("/settings.json")]
    [InlineData("/app.css")]
    [InlineData("/.env/file.txt")]
    public void Any_other_name_passes(string path)
    {
        Check(TestFile.At(path));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIE")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\r\nProc-Type: 4,ENCRYPTED")]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl")]
    [InlineData("-----BEGIN PGP PRIVATE KEY BLOCK-----\n")]
    [InlineData("\ufeff\n\n  -----BEGIN DSA PRIVATE KEY-----")]
    [InlineData(
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n-----BEGIN EC PRIVATE KEY-----\n"
    )]
    [InlineData("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n")]
    [InlineData("PuTTY-User-Key-File-3: ssh-ed25519\n")]
    public void A_private_key_is_a_secret_whatever_its_name(string content)
    {
        using var temp = new TempFolder();
        foreach (
            var bytes in (byte[][])
                [
                    Encoding.UTF8.GetBytes(content),
                    [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(content.TrimStart('\ufeff'))],
                ]
        )
        {
            var file = CreateImage(temp, "/notes.txt", bytes);
            _problems = [];
            Check(file);
            DiagnosticAssert.SingleError(_problems, "SAB2015", file.File, "'assets/notes.txt'", "would be public");

            _problems = [];
            Check(file with { Visibility = Visibility.Private });
            CheckAllowing(["notes.txt"], file);
            Assert.Empty(_problems);

            var settings = new SettingValues(new ProjectContext("/project") { ConfigFile = "/project/c.json" });
            Check(settings.WithConfigFile(SettingTable.Allow, "*"), file);
            Assert.Equal("SAB1034", Assert.Single(_problems).Code);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIID")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIB")]
    [InlineData("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n")]
    [InlineData("Paste the key after -----BEGIN PRIVATE KEY-----")]
    [InlineData("# Keys\n\n-----BEGIN PRIVATE KEY-----")]
    [InlineData("PuTTY is a client")]
    public void Any_other_content_passes(string content)
    {
        using var temp = new TempFolder();
        Check(CreateImage(temp, "/notes.txt", Encoding.UTF8.GetBytes(content)));
        Assert.Empty(_problems);
    }

    [Fact]
    public void The_name_of_the_file_counts_not_the_path_it_gets()
    {
        Check(TestFile.Create("/project/server.pem", "server.pem", "/harmless.txt"));
        DiagnosticAssert.SingleError(_problems, "SAB2015", "/project/server.pem");
    }

    [Fact]
    public void The_name_that_a_link_leads_to_counts_too()
    {
        Assert.SkipWhen(
            OperatingSystem.IsWindows(),
            "Windows lets only administrators and developers make symbolic links."
        );
        using var temp = new TempFolder();
        var link = temp.LinkToFile("assets/config.txt", temp.Write("assets/.env"));
        var harmless = temp.LinkToFile("assets/home.html", temp.Write("assets/index.html"));
        Check(
            TestFile.Create(link, "assets/config.txt", "/config.txt") with
            {
                Target = temp["assets/.env"],
            },
            TestFile.Create(harmless, "assets/home.html", "/home.html") with
            {
                Target = temp["assets/index.html"],
            }
        );
        DiagnosticAssert.SingleError(_problems, "SAB2015", link, "'assets/config.txt'");
    }

    [Fact]
    public void The_file_that_is_uploaded_is_searched_even_if_the_link_leads_elsewhere_by_now()
    {
        using var temp = new TempFolder();
        var file = TestFile.Create(temp.Write("assets/a.png", "harmless"), "assets/a.png", "/a.png") with
        {
            Target = temp.Write("pictures/a.png", Pictures.Jpeg(Pictures.Place)),
        };
        Check(file);
        Assert.Equal("assets/a.png", file.DisplayPath);
        DiagnosticAssert.SingleWarning(_problems, "SAB2017", file.File);
    }

    [Theory]
    [InlineData("public.pem")]
    [InlineData("*.PEM")]
    [InlineData("assets/certs/public.pem")]
    [InlineData("/assets/certs/*.pem")]
    [InlineData("assets\\certs\\*")]
    [InlineData("**/certs/*.pem")]
    [InlineData(" public.pem ")]
    public void A_file_that_is_allowed_by_name_or_by_path_is_accepted(string allow)
    {
        CheckAllowing(["", "other", allow], TestFile.At("/certs/public.pem"));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("private.pem")]
    [InlineData("certs/public.pem")]
    [InlineData("assets/*.pem")]
    public void A_pattern_that_names_something_else_lets_nothing_through(string allow)
    {
        CheckAllowing([allow], TestFile.At("/certs/public.pem"));
        DiagnosticAssert.SingleError(_problems, "SAB2015", "/project/assets/certs/public.pem");
    }

    [Theory]
    [InlineData("{x.pem,}")]
    [InlineData("{,x.pem}")]
    [InlineData("{,}")]
    [InlineData("/")]
    [InlineData("../")]
    [InlineData("\"public.pem\"")]
    [InlineData("*.pem,*.key")]
    public void A_pattern_that_is_not_valid_is_an_error_and_accepts_no_secret(string allow)
    {
        CheckAllowing([allow], TestFile.At("/certs/public.pem"));
        Assert.Equal(["SAB2033", "SAB2015"], _problems.Select(problem => problem.Code));
    }

    [Fact]
    public void An_allowed_source_and_an_allowed_photograph_pass_too()
    {
        using var temp = new TempFolder();
        CheckAllowing(
            ["*.map", "*.jpg"],
            TestFile.At("/app.js.map"),
            CreateImage(temp, "/harbor.jpg", JpegWithPlace())
        );
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("Public", "/harbor.jpg")]
    [InlineData("Protected", "/sub/HARBOR.JPEG")]
    public void A_photograph_with_location_data_is_a_warning(string visibility, string path)
    {
        using var temp = new TempFolder();
        var asset = CreateImage(temp, path, JpegWithPlace()) with { Visibility = Enum.Parse<Visibility>(visibility) };
        Check(asset);
        DiagnosticAssert.SingleWarning(
            _problems,
            "SAB2017",
            asset.File,
            $"'assets{path}'",
            "GPS location",
            $"would be {asset.Visibility.ToWireValue()}",
            "Remove the location",
            "ServerlessAssetsAllow"
        );
    }

    [Fact]
    public void A_photograph_that_does_not_tell_or_is_none_or_goes_private_passes()
    {
        using var temp = new TempFolder();
        Check(
            CreateImage(temp, "/no-place.jpg", Pictures.Jpeg(Pictures.NoPlace)),
            CreateImage(temp, "/no-metadata.jpg", [0xFF, 0xD8, 0xFF, 0xD9]),
            CreateImage(temp, "/text.jpg", "no picture at all"u8.ToArray()),
            CreateImage(temp, "/empty.png", []),
            CreateImage(temp, "/cut.jpg", JpegWithPlace()[..40]),
            CreateImage(temp, "/not-by-name.bin", JpegWithPlace()),
            CreateImage(temp, "/private.jpg", JpegWithPlace()) with
            {
                Visibility = Visibility.Private,
            },
            TestFile.At("/gone.jpg")
        );
        Assert.Empty(_problems);
    }

    [Fact]
    public void Problems_are_reported_in_the_order_of_the_files()
    {
        var names = Enumerable
            .Range(0, 500)
            .Select(number => $"/{number}.{(number % 3 == 0 ? "txt" : "pem")}")
            .ToList();

        Check([.. names.Select(name => TestFile.At(name))]);

        Assert.Equal(
            names
                .Where(name => name.EndsWith(".pem", StringComparison.Ordinal))
                .Select(name => "/project/assets" + name),
            _problems.Select(problem => problem.File)
        );
    }

    private void Check(params MappedFile[] assets) => CheckAllowing([], assets);

    private void CheckAllowing(IReadOnlyList<string> allow, params MappedFile[] assets) =>
        Check(Allowing(string.Join(';', allow)), assets);

    private void Check(SettingValues settings, params MappedFile[] assets) =>
        new SecretGuard(settings, null, _problems).Check(assets);

    private static SettingValues Allowing(string patterns) =>
        new SettingValues(new ProjectContext("/project")).With(SettingTable.Allow, patterns);

    private static MappedFile CreateImage(TempFolder temp, string path, byte[] content) =>
        TestFile.Create(temp.Write("assets" + path, content), "assets" + path, path);

    private static byte[] JpegWithPlace() => Pictures.Jpeg(Pictures.Place);
}
