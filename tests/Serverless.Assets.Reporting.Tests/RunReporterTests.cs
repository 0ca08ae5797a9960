using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Reporting.Tests;

/// <summary>The results that a run writes for the later steps of a CI job.</summary>
public sealed class RunReporterTests : IDisposable
{
    private static readonly DeployResult Live = SampleRuns.Deployed with
    {
        BuildSid = TestSid.From("ZB1"),
        PreviousBuildSid = null,
    };

    private readonly TempFolder _temp = new();
    private readonly RecordingLogger _logger = new();

    public void Dispose() => _temp.Dispose();

    private string Outputs => _temp["outputs"];

    [Fact]
    public async Task Outputs_say_what_is_known_by_then_and_leave_the_lines_of_others()
    {
        await File.WriteAllTextAsync(Outputs, "other=1", TestContext.Current.CancellationToken);
        var reporter = Reporter(Outputs);
        reporter.Add(Uploaded());
        await PublishAsync(reporter);
        Assert.Equal("other=1\nservice-sid=ZS1\nmanifest=/site/m.json\nuploaded=2\nunchanged=1\n", await ReadAsync());

        await File.AppendAllTextAsync(Outputs, "later=2\n", TestContext.Current.CancellationToken);
        reporter.Add(Live);
        await PublishAsync(reporter);
        await PublishAsync(reporter);
        Assert.Equal(
            """
            other=1
            service-sid=ZS1
            manifest=/site/m.json
            uploaded=2
            unchanged=1
            build-sid=ZB1
            deployment-sid=ZD1
            environment=dev
            domain=site-1234-dev.twil.io
            url=https://site-1234-dev.twil.io/
            later=2

            """,
            await ReadAsync()
        );
        Assert.Empty(_logger.Warnings);
    }

    [Fact]
    public async Task A_value_cannot_create_its_own_line()
    {
        var reporter = Reporter(Outputs);
        reporter.Add(Live with { Domain = "a\nbuild-sid=ZBevil" });
        await PublishAsync(reporter);
        Assert.Equal(
            [
                "service-sid=ZS1",
                "build-sid=ZB1",
                "deployment-sid=ZD1",
                "environment=dev",
                @"domain=a\u000abuild-sid=ZBevil",
                "url=https://site-1234-dev.twil.io/",
            ],
            (await ReadAsync()).TrimEnd('\n').Split('\n')
        );
    }

    [Fact]
    public async Task Two_projects_of_one_build_write_into_one_file_at_once()
    {
        var reporters = Enumerable.Range(0, 8).Select(_ => Reporter(Outputs)).ToList();
        await Task.WhenAll(
            reporters.Select(reporter =>
                Task.Run(async () =>
                {
                    reporter.Add(Uploaded());
                    await PublishAsync(reporter);
                    reporter.Add(Live);
                    await PublishAsync(reporter);
                })
            )
        );
        Assert.Equal(8 * 9, (await ReadAsync()).Count(character => character == '\n'));
    }

    /// <summary>The other contents can have any encoding, and can be much larger than the section.</summary>
    [Fact]
    public async Task The_bytes_of_others_stay_as_they_are()
    {
        byte[] others = [0xEF, 0xBB, 0xBF, .. "caf"u8, 0xE9, .. "=1\n"u8];
        await File.WriteAllBytesAsync(Outputs, others, TestContext.Current.CancellationToken);
        var reporter = Reporter(Outputs);
        reporter.Add(Uploaded());
        await PublishAsync(reporter);
        await File.AppendAllTextAsync(Outputs, "later=2\n", TestContext.Current.CancellationToken);
        reporter.Add(Live);
        await PublishAsync(reporter);
        var written = await File.ReadAllBytesAsync(Outputs, TestContext.Current.CancellationToken);
        Assert.Equal(others, written[..others.Length]);
        Assert.EndsWith("/\nlater=2\n", System.Text.Encoding.Latin1.GetString(written), StringComparison.Ordinal);
        Assert.Equal(11, written.Count(character => character == (byte)'\n'));
    }

    /// <summary>The standard output of a CI job is a pipe.</summary>
    [Fact]
    public async Task A_pipe_gets_the_lines_and_is_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Its pipes have no paths.");
        using var reader = ChildProcess.Start(
            "sh",
            ["-c", "mkfifo pipe; exec 3<> pipe; echo open; head -n 4 <&3"],
            _temp.Path
        );
        Assert.Equal("open", await reader.ReadLineAsync());
        var reporter = Reporter(_temp["pipe"]);
        reporter.Add(Uploaded());
        await PublishAsync(reporter);
        Assert.Empty(_logger.Warnings);
        Assert.Equal(
            "service-sid=ZS1\nmanifest=/site/m.json\nuploaded=2\nunchanged=1\n",
            TestSid.Shorten((await reader.EndAsync()).Out)
        );
    }

    [Fact]
    public async Task A_long_path_is_reported_in_full()
    {
        var reporter = Reporter(Outputs);
        var path = "/" + new string('d', 600) + "/m.json";
        reporter.Add(Uploaded() with { ManifestPath = path });
        await PublishAsync(reporter);
        Assert.Contains($"manifest={path}\n", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_path_the_run_goes_on()
    {
        var reporter = Reporter(Path.GetPathRoot(_temp.Path)!);
        reporter.Add(Live);
        await PublishAsync(reporter);
        Assert.Equal("SAB5013", Assert.Single(_logger.Warnings).Code);
    }

    [Fact]
    public async Task A_report_that_cannot_be_written_is_a_warning()
    {
        var reporter = Reporter(_temp.Path); // a folder
        reporter.Add(Live);
        await PublishAsync(reporter);
        var warning = Assert.Single(_logger.Warnings);
        Assert.Equal(
            ("SAB5013", DiagnosticSeverity.Warning, _temp.Path),
            (warning.Code, warning.Severity, warning.File)
        );
    }

    [Fact]
    public void Changes_are_reported_against_earlier_uploads_and_then_against_the_live_Build()
    {
        var reporter = Reporter(Outputs);
        reporter.Add(Uploaded());
        Assert.Equal(
            [("/a.txt", AssetChange.New, 1L), ("/b.txt", AssetChange.Changed, 2), ("/c.txt", AssetChange.Unchanged, 3)],
            reporter.Report.Result.Assets.Select(asset => (asset.Path, asset.Change, asset.Size!.Value))
        );

        reporter.Add(
            SampleRuns.Build(
                TestSid.From("ZB1"),
                Compared("/b.txt", AssetChange.Changed),
                Compared("/a.txt", AssetChange.Unchanged),
                Compared("/kept.txt", AssetChange.Kept),
                Compared("/away.txt", AssetChange.Removed)
            )
        );
        Assert.Equal(
            [
                ("/a.txt", AssetChange.Unchanged),
                ("/away.txt", AssetChange.Removed),
                ("/b.txt", AssetChange.Changed),
                ("/kept.txt", AssetChange.Kept),
            ],
            reporter.Report.Result.Assets.Select(asset => (asset.Path, asset.Change))
        );
    }

    [Fact]
    public void A_warning_that_fails_the_run_is_an_error_of_the_report()
    {
        var reporter = Reporter(Outputs);
        var logger = new ReportingLogger(_logger, reporter, code => code == "SAB2016");
        logger.Warn(Diagnostic.Warning("SAB2016", $"one"));
        logger.Warn(Diagnostic.Warning("SAB2017", $"two"));
        Assert.Equal(["SAB2016"], reporter.Report.Result.Errors.Select(error => error.Code));
        Assert.Equal(["SAB2017"], reporter.Report.Result.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void Silenced_warnings_are_not_reported()
    {
        var reporter = new RunReporter(
            new ReportSettings("site", null, null) { Silenced = new HashSet<string> { "SAB2016" } }
        );
        var logger = new ReportingLogger(_logger, reporter);
        logger.Warn(Diagnostic.Warning("SAB2016", $"one"));
        logger.Warn(Diagnostic.Warning("SAB2017", $"two"));
        Assert.Equal(["SAB2017"], reporter.Report.Result.Warnings.Select(warning => warning.Code));
        Assert.Equal(["SAB2016", "SAB2017"], _logger.Warnings.Select(warning => warning.Code));
    }

    private static RunReporter Reporter(string outputs) => new(new ReportSettings("site", SummaryPath: null, outputs));

    private static UploadResult Uploaded() =>
        new(
            TestSid.From("ZS1"),
            TestSid.From("AC1"),
            [
                SampleRuns.Asset("/a.txt", 1, AssetStatus.Uploaded, isNew: true),
                SampleRuns.Asset("/b.txt", 2, AssetStatus.Uploaded),
                SampleRuns.Asset("/c.txt", 3, AssetStatus.Unchanged),
            ],
            "/site/m.json",
            IsManifestWritten: true,
            TimeSpan.FromSeconds(1)
        );

    private static ComparedAsset Compared(string path, AssetChange change) =>
        new(path, Visibility.Public, change, 1, "assets" + path, TestSid.From("ZN1"));

    private Task PublishAsync(RunReporter reporter) =>
        reporter.PublishAsync(_logger, TestContext.Current.CancellationToken);

    private async Task<string> ReadAsync() =>
        TestSid.Shorten(await File.ReadAllTextAsync(Outputs, TestContext.Current.CancellationToken));
}
