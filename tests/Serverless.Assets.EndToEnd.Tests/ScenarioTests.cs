using System.Security.Cryptography;
using static Serverless.Assets.EndToEnd.Tests.ProjectChanges;

namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// One project and a table: change something, run a command, count what was uploaded, which requests were sent and
/// which targets ran. After each row, the emulator's contents match the manifest, byte for byte.
/// </summary>
public sealed class ScenarioTests(PackageFeed feed) : EndToEndTest(feed)
{
    private const string None = "";
    private const string OnlyTheService = "Service.Fetch 1";
    private const string NothingToDeploy = "Build.Fetch 1, Deployment.List 1, Environment.List 2, Service.Fetch 1";

    /// <summary>Names of targets without <c>ServerlessAssets</c>; private ones begin with an underscore.</summary>
    private const string Idle = "_CheckSwitches";
    private const string Collects = "Collect _AskReferences _CheckMSBuild _CheckSwitches _Locate _ReadSettings";
    private const string Uploads =
        "Collect Upload _AnnounceUpload _AskReferences _CheckMSBuild _CheckSwitches _Locate _ReadSettings";
    private const string Publishes =
        "Collect Upload _AfterPublish _AnnounceUpload _AskReferences _CheckMSBuild _CheckSwitches _Locate _ReadSettings";
    private const string UploadsOnBuild =
        "Collect Upload _AfterBuild _AnnounceUpload _AskReferences _CheckMSBuild _CheckSwitches _Locate _ReadSettings";
    private const string Deploys =
        "Build Collect Deploy Upload _AnnounceBuild _AnnounceDeployment _AnnounceUpload _AskReferences _CheckMSBuild _CheckSwitches _Locate _ReadSettings";
    private const string DeploysOnPublish =
        "Build Collect Deploy Upload _AfterPublish _AnnounceBuild _AnnounceDeployment _AnnounceUpload _AskReferences _CheckMSBuild _CheckSwitches _Locate _ReadSettings";

    private static readonly string[] Publish = ["publish"];
    private static readonly string[] PublishNoBuild = ["publish", "--no-build"];
    private static readonly string[] Build = ["build", "-c", "Release"];
    private static readonly string[] Upload = Target("UploadServerlessAssets");
    private static readonly string[] Deploy = Target("DeployServerlessAssets");

    private static readonly DateTime LongAgo = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static readonly ScenarioRow[] Rows =
    [
        // ---- the first time, and nothing to do
        new("a build before anything", Nothing, Build, 0, null, None, Idle),
        new(
            "first publish",
            Nothing,
            Publish,
            3,
            3,
            "Asset.Create 3, Asset.List 1, AssetVersion.Create 3, Service.Create 1, Service.Fetch 1",
            Publishes
        ),
        new("publish again", Nothing, Publish, 0, 3, OnlyTheService, Publishes),
        new("publish without building", Nothing, PublishNoBuild, 0, 3, OnlyTheService, Publishes),
        new("the target by name", Nothing, Upload, 0, 3, OnlyTheService, Uploads),
        new("build without publish", Nothing, Build, 0, 3, None, Idle),
        // ---- files
        new(
            "only the time stamp of a file",
            p => File.SetLastWriteTimeUtc(p.PathOf("assets/a.txt"), LongAgo),
            Upload,
            0,
            3,
            OnlyTheService,
            Uploads
        ),
        new(
            "one byte",
            p => p.File("assets/a.txt", "A"),
            Upload,
            1,
            3,
            "AssetVersion.Create 1, Service.Fetch 1",
            Uploads
        ),
        new(
            "another file of the same size and time stamp in its place",
            p => ReplaceUnnoticed(p, "assets/a.txt", "B"),
            Upload,
            1,
            3,
            "AssetVersion.Create 1, Service.Fetch 1",
            Uploads
        ),
        new(
            "a file gets longer",
            p => p.File("assets/a.txt", "AAA"),
            Upload,
            1,
            3,
            "AssetVersion.Create 1, Service.Fetch 1",
            Uploads
        ),
        new("and is what it was at first", p => p.File("assets/a.txt", "a"), Upload, 0, 3, OnlyTheService, Uploads),
        new(
            "a file is renamed",
            p => Move(p, "assets/c.txt", "assets/d.txt"),
            Upload,
            1,
            3,
            "Asset.Create 1, Asset.List 2, AssetVersion.Create 1, Service.Fetch 1",
            Uploads
        ),
        new(
            "and gets its name back",
            p => Move(p, "assets/d.txt", "assets/c.txt"),
            Upload,
            0,
            3,
            OnlyTheService,
            Uploads
        ),
        new("a file is deleted", p => File.Delete(p.PathOf("assets/c.txt")), Upload, 0, 2, OnlyTheService, Uploads),
        new("and is back", p => p.File("assets/c.txt", "c"), Upload, 0, 3, OnlyTheService, Uploads),
        new(
            "a new file, older than the last build",
            p => File.SetLastWriteTimeUtc(p.File("assets/e/old.txt", "old").PathOf("assets/e/old.txt"), LongAgo),
            Upload,
            1,
            4,
            "Asset.Create 1, Asset.List 2, AssetVersion.Create 1, Service.Fetch 1",
            Uploads
        ),
        new(
            "its folder is renamed",
            p => Directory.Move(p.PathOf("assets/e"), p.PathOf("assets/f")),
            Upload,
            1,
            4,
            "Asset.Create 1, Asset.List 2, AssetVersion.Create 1, Service.Fetch 1",
            Uploads
        ),
        new(
            "two files are swapped",
            p => Swap(p, "assets/a.txt", "assets/b.txt"),
            Upload,
            2,
            4,
            "AssetVersion.Create 2, Service.Fetch 1",
            Uploads
        ),
        new("and swapped back", p => Swap(p, "assets/a.txt", "assets/b.txt"), Upload, 0, 4, OnlyTheService, Uploads),
        new(
            "a file becomes private by its name",
            p => Move(p, "assets/b.txt", "assets/b.private.txt"),
            Upload,
            1,
            4,
            "AssetVersion.Create 1, Service.Fetch 1",
            Uploads
        ),
        new(
            "and public again",
            p => Move(p, "assets/b.private.txt", "assets/b.txt"),
            Upload,
            0,
            4,
            OnlyTheService,
            Uploads
        ),
        new("a hidden file", p => p.File("assets/.DS_Store", "x"), Upload, 0, 4, OnlyTheService, Uploads),
        new(
            "an empty folder",
            p => Directory.CreateDirectory(p.PathOf("assets/empty")),
            Upload,
            0,
            4,
            OnlyTheService,
            Uploads
        ),
        new(
            ".serverlessignore names a file",
            p => p.File("assets/.serverlessignore", "c.txt\n"),
            Upload,
            0,
            3,
            OnlyTheService,
            Uploads
        ),
        new(
            "and no more",
            p => p.File("assets/.serverlessignore", "# nothing\n"),
            Upload,
            0,
            4,
            OnlyTheService,
            Uploads
        ),
        new("a file of another project", p => p.File("elsewhere/g.txt", "g"), Upload, 0, 4, OnlyTheService, Uploads),
        // ---- settings
        new(
            "another path prefix",
            Nothing,
            [.. Upload, "-p:Prefix=/v2"],
            4,
            4,
            "Asset.Create 4, Asset.List 2, AssetVersion.Create 4, Service.Fetch 1",
            Uploads
        ),
        new("and the old one", Nothing, Upload, 0, 4, OnlyTheService, Uploads),
        new(
            "another content type of one file",
            Nothing,
            [.. Upload, "-p:TypeOfA=text/x-a"],
            1,
            4,
            "AssetVersion.Create 1, Service.Fetch 1",
            Uploads
        ),
        new(
            "another visibility of all but the marked",
            Nothing,
            [.. Upload, "-p:VisibilityOfAll=protected"],
            4,
            4,
            "AssetVersion.Create 4, Service.Fetch 1",
            Uploads
        ),
        new(
            "another Service",
            Nothing,
            [.. Upload, "-p:ServerlessAssetsServiceName=other"],
            4,
            4,
            "Asset.Create 4, Asset.List 1, AssetVersion.Create 4, Service.Create 1, Service.Fetch 1",
            Uploads
        ),
        new("and the first one", Nothing, Upload, 0, 4, OnlyTheService, Uploads),
        new("upload off", Nothing, [.. PublishNoBuild, "-p:ServerlessAssetsUploadOn=None"], 0, 4, None, Idle),
        new("everything off", Nothing, [.. PublishNoBuild, "-p:ServerlessAssetsEnabled=false"], 0, 4, None, Idle),
        new("not publishable", Nothing, [.. PublishNoBuild, "-p:IsPublishable=false"], 0, 4, None, Idle),
        new(
            "upload on build",
            p => p.File("assets/a.txt", "on build"),
            [.. Build, "-p:ServerlessAssetsUploadOn=Build"],
            1,
            4,
            "AssetVersion.Create 1, Service.Fetch 1",
            UploadsOnBuild
        ),
        new(
            "a pack, upload on build",
            Nothing,
            ["pack", "--no-restore", "-p:ServerlessAssetsUploadOn=Build"],
            0,
            4,
            None,
            Idle
        ),
        // ---- what the builds left
        new("the manifest is deleted", p => File.Delete(p.ManifestPath), Upload, 0, 4, OnlyTheService, Uploads),
        new(
            "the manifest is garbled",
            p => File.WriteAllText(p.ManifestPath, "{"),
            Upload,
            0,
            4,
            OnlyTheService,
            Uploads,
            "SAB5005"
        ),
        new("clean", Nothing, ["clean", "-c", "Release"], 0, null, None, "_Clean _Locate"),
        new("publish after clean", Nothing, Publish, 0, 4, OnlyTheService, Publishes),
        new(
            "the upload state is deleted",
            p => Directory.Delete(p.PathOf("obj/serverless-assets"), recursive: true),
            Upload,
            4,
            4,
            "Asset.List 1, AssetVersion.Create 4, Service.Fetch 1",
            Uploads
        ),
        new(
            "bin and obj are deleted",
            DeleteBuildOutput,
            Publish,
            4,
            4,
            "Asset.List 1, AssetVersion.Create 4, Service.Fetch 1",
            Publishes
        ),
        // ---- other targets
        new(
            "collect",
            p => p.File("assets/a.txt", "for the plan"),
            Target("CollectServerlessAssets"),
            0,
            4,
            None,
            Collects
        ),
        new(
            "plan before anything is live",
            Nothing,
            Target("PlanServerlessAssets"),
            0,
            4,
            "Environment.List 1, Service.Fetch 1",
            "Collect Plan _AnnounceBuild _AnnounceUpload _AskReferences _CheckMSBuild _CheckSwitches _Locate _ReadSettings"
        ),
        new(
            "first deployment",
            Nothing,
            Deploy,
            1,
            4,
            "AssetVersion.Create 1, Build.Create 1, Build.List 1, Deployment.Create 1, Deployment.List 1, Environment.Create 1, Environment.Fetch 1, Environment.List 2, Service.Fetch 1",
            Deploys
        ),
        new("deployment again", Nothing, Deploy, 0, 4, NothingToDeploy, Deploys),
        new(
            "deployment after a change",
            p => p.File("assets/a.txt", "to be live"),
            Deploy,
            1,
            4,
            "AssetVersion.Create 1, Build.Create 1, Build.Fetch 1, Build.List 1, Deployment.Create 1, Deployment.List 1, Environment.Fetch 1, Environment.List 2, Service.Fetch 1",
            Deploys
        ),
        new(
            "deployment on publish, nothing changed",
            Nothing,
            [.. PublishNoBuild, "-p:ServerlessAssetsDeployOn=Publish"],
            0,
            4,
            NothingToDeploy,
            DeploysOnPublish
        ),
        new(
            "deployment of the manifest, without a look at the files",
            p => p.File("assets/a.txt", "not now"),
            [.. Deploy, "-p:ServerlessAssetsUseManifest=true"],
            0,
            4,
            "Build.Fetch 1, Deployment.List 1, Environment.List 2, Service.Fetch 2",
            "Build Deploy _AnnounceBuild _AnnounceDeployment _CheckMSBuild _CheckSwitches _Locate _ReadSettings"
        ),
        new(
            "rollback",
            Nothing,
            Target("RollbackServerlessAssets"),
            0,
            4,
            "Build.Fetch 1, Deployment.Create 1, Deployment.List 2, Environment.Fetch 1, Environment.List 1, Service.Fetch 1",
            "Rollback _CheckMSBuild _CheckSwitches _Locate _ReadSettings"
        ),
    ];

    [Fact]
    public async Task Each_row_uploads_sends_and_runs_what_it_must_and_no_more()
    {
        var emulator = await StartEmulatorAsync();
        var project = NewProject(emulator)
            .File("assets/a.txt", "a")
            .File("assets/b.txt", "b")
            .File("assets/c.txt", "c")
            .Property("IsPackable", "true")
            .ItemInclude(
                "ServerlessAssetFolder",
                "assets",
                ("PathPrefix", "$(Prefix)"),
                ("Visibility", "$(VisibilityOfAll)")
            )
            .ItemInclude("ServerlessAsset", "assets/a.txt", ("PathPrefix", "$(Prefix)"), ("ContentType", "$(TypeOfA)"));
        var expected = new List<string>();
        var found = new List<string>();
        var versions = 0;
        foreach (var row in Rows)
        {
            row.Mutate(project);
            var result = await project.RunAsync(row.Command);
            Assert.True(result.ExitCode == 0 && result.Errors.Count == 0, $"{row.Name}: {result.Output}");

            var before = versions;
            versions = await emulator.CountVersionsAsync();
            var manifest = File.Exists(project.ManifestPath) ? ConsumerManifest.Read(project.ManifestPath) : null;
            await AssertStoredAsync(
                emulator,
                manifest?.Assets ?? [],
                asset =>
                    row.Targets.Split(' ').Contains("Upload")
                        ? HashOf(File.ReadAllBytes(project.PathOf(asset.File)))
                        : asset.Sha256
            );

            expected.Add(row.Description);
            var actual = row with
            {
                Uploads = versions - before,
                Assets = manifest?.Assets.Count,
                Requests = string.Join(", ", await emulator.TakeRequestsAsync()),
                Targets = ScenarioRow.DescribeTargets(result.Targets),
                Warning = string.Join(' ', result.Warnings.Select(warning => warning.Code)),
            };
            found.Add(actual.Description);
        }

        Assert.Equal(string.Join('\n', expected), string.Join('\n', found));
    }

    private static string[] Target(string name) => ["msbuild", $"-t:{name}", "-p:Configuration=Release"];

    private static async Task AssertStoredAsync(
        TestEmulator emulator,
        IEnumerable<ConsumerManifestAsset> assets,
        Func<ConsumerManifestAsset, string> hashOf
    )
    {
        foreach (var asset in assets)
        {
            Assert.Equal(
                (asset.Path, hashOf(asset), asset.Sha256),
                (asset.Path, asset.Sha256, HashOf(await emulator.GetContentAsync(asset.AssetVersionSid)))
            );
            var stored = await emulator.GetVersionAsync(asset.AssetVersionSid);
            Assert.Equal(
                (asset.Path, asset.Visibility, asset.ContentType),
                (
                    stored.GetProperty("path").GetString(),
                    stored.GetProperty("visibility").GetString(),
                    stored.GetProperty("content_type").GetString()
                )
            );
        }
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
