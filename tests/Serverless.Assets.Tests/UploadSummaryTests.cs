using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Tests;

public sealed class UploadSummaryTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KB")]
    [InlineData(20_275, "19.8 KB")]
    [InlineData(1024 * 1024, "1.0 MB")]
    [InlineData(25L * 1024 * 1024 * 1024, "25.0 GB")]
    [InlineData(2048L * 1024 * 1024 * 1024, "2048.0 GB")]
    public void A_size_is_formatted_in_the_appropriate_unit(long bytes, string expected) =>
        Assert.Equal(expected, ByteSize.Format(bytes));

    [Fact]
    public void A_run_is_a_line_and_a_table_of_the_visibilities_that_there_are()
    {
        UploadedAsset[] assets =
        [
            Asset("/a.txt", Visibility.Public, 512, AssetStatus.Uploaded),
            Asset("/b.txt", Visibility.Public, 1024, AssetStatus.Unchanged),
            Asset("/c.txt", Visibility.Private, 512, AssetStatus.Uploaded),
        ];
        Assert.Equal(
            """
              visibility  files       size  uploaded  unchanged
              public          2     1.5 KB         1          1
              private         1      512 B         1          0
              total           3     2.0 KB         2          1
              manifest written: /out/a\u000ab.json
            """.ReplaceLineEndings(),
            UploadSummary.Format(
                new UploadResult(
                    TestSid.From("ZS1"),
                    TestSid.From("AC1"),
                    assets,
                    "/out/a\nb.json",
                    true,
                    TimeSpan.FromSeconds(1.25)
                )
            )
        );
        Assert.Equal(
            TestSid.Expand("Uploaded 2 files (1.0 KB) to ZS1 in 1.3 s, 1 unchanged"),
            $"{RunOutcome.From(new UploadResult(TestSid.From("ZS1"), TestSid.From("AC1"), assets, "/m", true, TimeSpan.FromSeconds(1.25))).Line}"
        );
        Assert.Equal(
            TestSid.Expand("Nothing changed: 1 file already uploaded to ZS1"),
            $"{RunOutcome.From(new UploadResult(TestSid.From("ZS1"), TestSid.From("AC1"), [assets[1]], "/m", false, TimeSpan.Zero)).Line}"
        );
        Assert.EndsWith(
            "  manifest unchanged: /m",
            UploadSummary.Format(
                new UploadResult(TestSid.From("ZS1"), TestSid.From("AC1"), [], "/m", false, TimeSpan.Zero)
            ),
            StringComparison.Ordinal
        );
    }

    private static UploadedAsset Asset(string path, Visibility visibility, long size, AssetStatus status) =>
        new(
            TestAsset.Create(path, visibility),
            TestSid.From("ZN1"),
            TestSid.From("ZH1"),
            size,
            "sha256",
            "sha384",
            status
        );
}
