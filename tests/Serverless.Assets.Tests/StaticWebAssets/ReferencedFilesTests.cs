using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Mapping;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Tests.StaticWebAssets;

public sealed class ReferencedFilesTests
{
    [Fact]
    public void A_text_file_of_gigabytes_is_not_searched_for_references()
    {
        var opened = new List<string>();
        var files = new FaultyFiles
        {
            OnStat = file => new FileStamp(
                file.EndsWith(".json", StringComparison.Ordinal) ? 3L << 30 : 10,
                default,
                ""
            ),
            OnOpenRead = file =>
            {
                opened.Add(file);
                return new MemoryStream("app.1.js"u8.ToArray());
            },
        };
        MappedFile[] site =
        [
            TestFile.At("/huge.json"),
            TestFile.At("/index.html") with
            {
                Target = "/target/index.html",
            },
        ];
        var problems = new DiagnosticBag();

        var referenced = ReferencedFiles.Find(site, ["app.1.js"], files, problems, CancellationToken.None);

        Assert.Equal(["/target/index.html"], opened);
        Assert.True(referenced.PagesContain("app.1.js"));
        Assert.Empty(problems);
    }
}
