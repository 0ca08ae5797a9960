using System.Text.RegularExpressions;

namespace Serverless.Assets.Client.Tests.Content;

public sealed partial class ContentTypesTests
{
    [Theory]
    [InlineData("index.html", "text/html; charset=utf-8")]
    [InlineData("site.css", "text/css; charset=utf-8")]
    [InlineData("app.js", "text/javascript; charset=utf-8")]
    [InlineData("app.mjs", "text/javascript; charset=utf-8")]
    [InlineData("readme.md", "text/markdown; charset=utf-8")]
    [InlineData("prices.csv", "text/csv; charset=utf-8")]
    [InlineData("robots.txt", "text/plain; charset=utf-8")]
    [InlineData("captions.vtt", "text/vtt; charset=utf-8")]
    [InlineData("hold.twiml", "text/xml; charset=utf-8")]
    [InlineData("sitemap.xml", "application/xml")]
    [InlineData("data.json", "application/json")]
    [InlineData("app.js.map", "application/json")]
    [InlineData("site.webmanifest", "application/manifest+json")]
    [InlineData("app.wasm", "application/wasm")]
    [InlineData("menu.pdf", "application/pdf")]
    [InlineData("all.zip", "application/zip")]
    [InlineData("all.tar.gz", "application/gzip")]
    [InlineData("app.wasm.br", "application/octet-stream")]
    [InlineData("firmware.bin", "application/octet-stream")]
    [InlineData("App.pdb", "application/octet-stream")]
    [InlineData("icudt.dat", "application/octet-stream")]
    [InlineData("dotnet.timezones.blat", "application/octet-stream")]
    [InlineData("App.dll", "application/x-msdownload")]
    [InlineData("setup.exe", "application/x-msdos-program")]
    [InlineData("logo.svg", "image/svg+xml")]
    [InlineData("harbor.png", "image/png")]
    [InlineData("harbor.jpg", "image/jpeg")]
    [InlineData("harbor.webp", "image/webp")]
    [InlineData("harbor.avif", "image/avif")]
    [InlineData("favicon.ico", "image/vnd.microsoft.icon")]
    [InlineData("text.woff2", "font/woff2")]
    [InlineData("text.ttf", "font/ttf")]
    [InlineData("text.otf", "font/otf")]
    [InlineData("hold.mp3", "audio/mpeg")]
    [InlineData("hold.wav", "audio/wav")]
    [InlineData("hold.ogg", "audio/ogg")]
    [InlineData("hold.m4a", "audio/mp4")]
    [InlineData("hold.ulaw", "audio/ulaw")]
    [InlineData("hold.gsm", "audio/gsm")]
    [InlineData("tour.mp4", "video/mp4")]
    [InlineData("tour.webm", "video/webm")]
    public void A_well_known_extension_has_its_type(string fileName, string expected) =>
        Assert.Equal(expected, ContentTypes.FromFileName(fileName));

    [Theory]
    [InlineData("INDEX.HTML", "text/html; charset=utf-8")]
    [InlineData("Logo.Svg", "image/svg+xml")]
    public void The_case_of_the_extension_does_not_matter(string fileName, string expected) =>
        Assert.Equal(expected, ContentTypes.FromFileName(fileName));

    [Theory]
    [InlineData("notes.no-such-extension")]
    [InlineData("Makefile")]
    [InlineData("html")]
    [InlineData("index.")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData(".html")]
    [InlineData(".gitignore")]
    [InlineData("folder.html/Makefile")]
    [InlineData("folder/.html")]
    public void A_name_without_a_known_extension_has_the_default_content_type(string fileName) =>
        Assert.Equal(ContentTypes.Unknown, ContentTypes.FromFileName(fileName));

    [Theory]
    [InlineData(".well-known/security.txt", "text/plain; charset=utf-8")]
    [InlineData("/css/site.min.css", "text/css; charset=utf-8")]
    [InlineData(".hidden.json", "application/json")]
    public void Only_the_last_extension_of_the_last_segment_counts(string fileName, string expected) =>
        Assert.Equal(expected, ContentTypes.FromFileName(fileName));

    [Fact]
    public void Every_line_of_the_data_file_is_found_and_only_text_has_a_charset()
    {
        var entries = Entries();
        Assert.True(entries.Count > 1_000, $"{entries.Count} entries");
        Assert.All(
            entries,
            entry =>
            {
                var isText = entry.Type.StartsWith("text/", StringComparison.Ordinal);
                Assert.Equal(
                    entry.Type + (isText ? "; charset=utf-8" : ""),
                    ContentTypes.FromFileName("file." + entry.Extension)
                );
            }
        );
    }

    [Fact]
    public void The_data_file_is_sorted_has_no_extension_twice_and_only_media_types()
    {
        var entries = Entries();
        var extensions = entries.Select(entry => entry.Extension).ToList();
        Assert.Equal(extensions.Order(StringComparer.Ordinal), extensions);
        Assert.Equal(extensions.Count, extensions.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(entries, entry => Assert.Matches(MediaType(), entry.Type));
    }

    // Reads the embedded resource without the code under test.
    private static List<(string Extension, string Type)> Entries()
    {
        using var stream = typeof(ContentTypes).Assembly.GetManifestResourceStream(ContentTypes.ResourceName);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd();
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return
        [
            .. text.TrimEnd('\n')
                .Split('\n')
                .Where(line => !line.StartsWith('#'))
                .Select(line =>
                {
                    var parts = line.Split('\t');
                    Assert.Equal(2, parts.Length);
                    return (parts[0], parts[1]);
                }),
        ];
    }

    // RFC 6838, section 4.2.
    [GeneratedRegex(
        @"^(application|audio|chemical|font|image|message|model|text|video|x-[a-z]+)/[a-z0-9][a-z0-9!#$&^_.+-]*\z"
    )]
    private static partial Regex MediaType();
}
