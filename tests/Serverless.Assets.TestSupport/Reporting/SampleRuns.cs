using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Planning;
using Serverless.Assets.Reporting;
using Serverless.Assets.Results;
using Serverless.Assets.Upload;

namespace Serverless.Assets.TestSupport;

/// <summary>Results of operations, as the pipelines return them.</summary>
internal static class SampleRuns
{
    public static readonly DeployResult Deployed = new(
        TestSid.From("ZS1"),
        "dev",
        TestSid.From("ZE1"),
        "site-1234-dev.twil.io",
        new Uri("https://site-1234-dev.twil.io/"),
        TestSid.From("ZB2"),
        TestSid.From("ZD1"),
        PreviousBuildSid: TestSid.From("ZB1"),
        IsChanged: true,
        VerifiedAssets: null
    );

    private static readonly Sid NewVersion = TestSid.From("ZN1");
    private static readonly Sid LiveVersion = TestSid.From("ZN2");

    public static RunReport Report(params IReadOnlyList<OperationResult> operations) =>
        new()
        {
            Name = "site",
            StartedAt = new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero),
            Duration = TimeSpan.FromSeconds(1.25),
            Result = operations.Aggregate(new RunResult(), (run, operation) => run.With(operation)),
        };

    public static RunReport With(this RunReport report, Func<RunResult, RunResult> change) =>
        report with
        {
            Result = change(report.Result),
        };

    public static UploadResult Upload(int uploaded, int unchanged) =>
        new(
            TestSid.From("ZS1"),
            TestSid.From("AC1"),
            [
                .. Enumerable.Range(0, uploaded).Select(i => Asset($"/{i}.txt", 10, AssetStatus.Uploaded)),
                .. Enumerable.Range(uploaded, unchanged).Select(i => Asset($"/{i}.txt", 10, AssetStatus.Unchanged)),
            ],
            "/site/m.json",
            IsManifestWritten: true,
            TimeSpan.FromSeconds(1)
        );

    public static UploadedAsset Asset(string path, long size, AssetStatus status, bool isNew = false) =>
        new(
            new LocalAsset(
                "/site/assets" + path,
                "assets" + path,
                AssetPath.Parse(path),
                Visibility.Public,
                "text/plain"
            ),
            TestSid.From("ZN1"),
            TestSid.From("ZH1"),
            size,
            "",
            "",
            status,
            isNew
        );

    /// <summary>The plan of an upload of new files, compared with a live Build.</summary>
    public static UploadPlan Plan(int files) =>
        new(
            TestSid.From("ZS1"),
            "dev",
            TestSid.From("ZB1"),
            [
                .. Enumerable
                    .Range(0, files)
                    .Select(i => Asset($"/{i}.txt", 10, AssetStatus.Uploaded).Local)
                    .Select(local => new PlannedAsset(local, 10, "", PlannedAction.Upload, AssetChange.New)),
            ],
            Kept: [],
            Removed: []
        );

    /// <param name="assets">What the plan of the Build compares.</param>
    public static BuildResult Build(string sid, params IReadOnlyList<ComparedAsset> assets)
    {
        var contents = new BuildContents
        {
            AssetVersions =
            [
                .. assets
                    .Where(asset => asset.Change != AssetChange.Removed)
                    .Select(asset => asset.AssetVersionSid!.Value),
            ],
            FunctionVersions = [],
            Dependencies = [],
        };
        var plan = new BuildPlan(
            contents,
            TestSid.From("ZB1"),
            Manifested(AssetChange.New),
            Manifested(AssetChange.Changed),
            Manifested(AssetChange.Unchanged),
            Live(AssetChange.Kept),
            Live(AssetChange.Removed),
            []
        );
        var manifest = new AssetManifest
        {
            Version = 1,
            Generator = "",
            ServiceSid = TestSid.From("ZS" + new string('1', 32)),
            AccountSid = TestSid.From("AC" + new string('1', 32)),
            Source = new ManifestSource(null, null, null),
            Assets = [],
        };
        return new BuildResult(TestSid.From(sid), isReused: false, plan, manifest);

        List<ManifestAsset> Manifested(AssetChange change) =>
            [
                .. assets
                    .Where(asset => asset.Change == change)
                    .Select(asset => new ManifestAsset
                    {
                        Path = AssetPath.Parse(asset.Path),
                        Visibility = asset.Visibility,
                        AssetVersionSid = NewVersion,
                        AssetSid = TestSid.From("ZH" + new string('1', 32)),
                        File = asset.File!,
                        ContentType = "text/plain",
                        Size = asset.Size!.Value,
                        Sha256 = new string('0', 64),
                        Integrity = "sha384-" + new string('A', 64),
                    }),
            ];

        List<AssetVersionResource> Live(AssetChange change) =>
            [
                .. assets
                    .Where(asset => asset.Change == change)
                    .Select(asset => new AssetVersionResource
                    {
                        Sid = LiveVersion,
                        Path = asset.Path,
                        Visibility = asset.Visibility,
                    }),
            ];
    }
}
