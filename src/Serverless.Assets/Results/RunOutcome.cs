using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>How a run ended.</summary>
internal enum RunOutcomeKind
{
    NothingDone,
    Failed,
    Canceled,
    Planned,
    Uploaded,
    Withdrawn,
    NothingChanged,
    Built,
    Deployed,
    UpToDate,
    RolledBack,
    Promoted,
    Verified,
    Pruned,
    Removed,
    Merged,
    Listed,
}

/// <summary>
/// How a run ended, in one sentence. The terminal, the build log, the JSON output and all reports show this text, so
/// that they never contradict each other.
/// </summary>
/// <param name="Summary">One sentence without a period.</param>
/// <param name="Url">The address of the site that the sentence is about, if any.</param>
internal sealed record RunOutcome(RunOutcomeKind Kind, SanitizedText Summary, Uri? Url = null)
{
    /// <summary>At most two words, for the title of a page.</summary>
    public string Title =>
        Kind switch
        {
            RunOutcomeKind.NothingDone => "Nothing done",
            RunOutcomeKind.NothingChanged => "Nothing changed",
            RunOutcomeKind.UpToDate => "Up to date",
            RunOutcomeKind.RolledBack => "Rolled back",
            RunOutcomeKind.Canceled => "Canceled",
            _ => Kind.ToString(),
        };

    /// <summary>The name in JSON, such as <c>rolledBack</c>.</summary>
    public string Name => JsonNamingPolicy.CamelCase.ConvertName(Kind.ToString());

    /// <summary>The summary and the address on one line.</summary>
    public SanitizedText Line => Url is null ? Summary : $"{Summary}: {Url.AbsoluteUri}";

    /// <summary>Creates the outcome of a run: that of its last operation, unless it failed or was canceled.</summary>
    public static RunOutcome From(RunResult run) =>
        run switch
        {
            { Errors.Count: > 0 } => FromFailed(run),
            { IsCanceled: true } => FromCanceled(run),
            { Operations: [.., var last] } => From(last),
            _ => From(operation: null),
        };

    /// <param name="operation">A completed operation; null if there was nothing to do.</param>
    public static RunOutcome From(OperationResult? operation) =>
        operation switch
        {
            null => new(RunOutcomeKind.NothingDone, $"Nothing was done"),
            ServicesResult services => ServicesOutcome.From(services),
            UploadPlan plan => FromPlan(plan),
            UploadResult upload => FromUpload(upload),
            WithdrawnResult withdrawn => new(
                RunOutcomeKind.Withdrawn,
                $"No assets: the previous manifest was moved to {withdrawn.PreviousPath}"
            ),
            BuildResult build => new(
                RunOutcomeKind.Built,
                $"{(build.IsReused ? "Reused" : "Created")} Build {build.BuildSid} "
                    + $"({Quantity.Format(build.AssetCount, "asset")}, "
                    + $"{Quantity.Format(build.FunctionCount, "function")})"
            ),
            DeployResult deployment => FromDeployment(deployment),
            VerifyResult verified => new(
                RunOutcomeKind.Verified,
                $"Verified {Quantity.Format(verified.Assets, "asset")} in {verified.Environment}",
                verified.Url
            ),
            PruneResult { IsDeleted: true } pruned => new(RunOutcomeKind.Pruned, $"Deleted {pruned.Quantity}"),
            PruneResult { Count: 0 } none => new(RunOutcomeKind.NothingChanged, $"Found no {none.Noun}s"),
            PruneResult found => new(RunOutcomeKind.NothingChanged, $"Found {found.Quantity}"),
            RemoveResult { Domain: { } domain } removed => new(
                RunOutcomeKind.Removed,
                $"Removed the Environment {removed.Environment} and its site {domain}"
            ),
            RemoveResult missing => new(
                RunOutcomeKind.NothingChanged,
                $"The Environment {missing.Environment} does not exist, so nothing was removed"
            ),
            MergeResult merged => new(
                RunOutcomeKind.Merged,
                $"Merged {Quantity.Format(merged.Manifests, "manifest")} ({Quantity.Format(merged.Assets, "asset")}) "
                    + $"into {SanitizedText.Whole(merged.ManifestPath)}"
            ),
            ListResult list => new(
                RunOutcomeKind.Listed,
                $"Found {Quantity.Format(list.Environments.Count, "Environment")} in {list.ServiceSid}"
            ),
            CreatedVersionResult created => new(
                RunOutcomeKind.Uploaded,
                $"Uploaded {created.Local.Path} ({created.Local.Visibility.ToWireValue()}, "
                    + $"{ByteSize.Format(created.Hash.Length)}) as {created.Version.Sid}, a version of "
                    + $"{(created.IsNewAsset ? "the new Asset" : "Asset")} {created.AssetSid}"
            ),
            AssetVersionsResult versions => new(
                RunOutcomeKind.Listed,
                $"Found {(versions.IsLimited ? "at least " : "")}"
                    + $"{Quantity.Format(versions.Versions.Count, "version")} of Asset {versions.AssetSid}"
            ),
            _ => throw new ArgumentException($"No text for {operation.GetType().Name}", nameof(operation)),
        };

    private static RunOutcome FromFailed(RunResult run)
    {
        SanitizedText failed = $"Failed with {Quantity.Format(run.Errors.Count, "error")}";
        if (run.Operations is [.., ServicesResult services])
        {
            return new(RunOutcomeKind.Failed, $"{failed}; {services.Completed}");
        }

        if (run.Operations is [.., PruneResult { IsDeleted: true } pruned])
        {
            return new(RunOutcomeKind.Failed, $"{failed}; {pruned.Quantity} {Were(pruned.Count)} deleted");
        }

        if (run.Operations is [.., InterruptedDeployment interrupted])
        {
            return new(
                RunOutcomeKind.Failed,
                $"{failed}; {interrupted.Live.Describe(interrupted.Environment)}",
                interrupted.Url
            );
        }

        if (run.Operations is [.., InterruptedRemoval removal])
        {
            return new(RunOutcomeKind.Failed, $"{failed}; {removal.Status}");
        }

        return run.Deployment switch
        {
            null => new(RunOutcomeKind.Failed, failed),
            { Reason.IsRollback: true } rollback => new(
                RunOutcomeKind.Failed,
                $"{failed}; {rollback.Environment} was rolled back to {rollback.BuildSid}",
                rollback.Url
            ),
            { } deployment => new(
                RunOutcomeKind.Failed,
                $"{failed}; {deployment.Live.Describe(deployment.Environment)}",
                deployment.Url
            ),
        };
    }

    private static RunOutcome FromCanceled(RunResult run) =>
        run switch
        {
            { Operations: [.., ServicesResult services] } => new(
                RunOutcomeKind.Canceled,
                $"Canceled; {services.Completed}"
            ),
            { Operations: [.., PruneResult { IsDeleted: true } pruned] } => new(
                RunOutcomeKind.Canceled,
                $"Canceled after {pruned.Quantity} {Were(pruned.Count)} deleted"
            ),
            { Operations: [.., InterruptedDeployment interrupted] } => new(
                RunOutcomeKind.Canceled,
                $"Canceled while {interrupted.BuildSid} was being deployed; "
                    + $"{interrupted.Live.Describe(interrupted.Environment)}",
                interrupted.Url
            ),
            { Operations: [.., InterruptedRemoval removal] } => new(
                RunOutcomeKind.Canceled,
                $"Canceled during the removal; {removal.Status}"
            ),
            { Deployment: { IsChanged: true } deployment } => new(
                RunOutcomeKind.Canceled,
                $"Canceled after {deployment.BuildSid} was deployed to {deployment.Environment} "
                    + $"{Before(deployment)}{(deployment.VerifiedAssets is null ? " and before it was verified" : "")}",
                deployment.Url
            ),
            _ => new(RunOutcomeKind.Canceled, $"Canceled; nothing was deployed"),
        };

    private static RunOutcome FromPlan(UploadPlan plan)
    {
        SanitizedText live = plan.LiveBuildSid is { } build
            ? (SanitizedText)$", compared with {build} in {plan.Environment}"
            : $"; nothing is live in {plan.Environment}";
        return new(
            RunOutcomeKind.Planned,
            $"{plan.UploadCount} of {Quantity.Format(plan.Assets.Count, "file")} would be uploaded "
                + $"to {plan.ServiceSid ?? "a new Service"} ({ByteSize.Format(plan.UploadSize)}){live}"
        );
    }

    private static RunOutcome FromUpload(UploadResult upload) =>
        upload.UploadedCount == 0
            ? new(
                RunOutcomeKind.NothingChanged,
                $"Nothing changed: {Quantity.Format(upload.UnchangedCount, "file")} already uploaded "
                    + $"to {upload.ServiceSid}"
            )
            : new(
                RunOutcomeKind.Uploaded,
                $"Uploaded {Quantity.Format(upload.UploadedCount, "file")} ({ByteSize.Format(upload.UploadedSize)}) "
                    + $"to {upload.ServiceSid} in {upload.Duration.TotalSeconds:0.0} s, "
                    + $"{upload.UnchangedCount} unchanged"
            );

    private static RunOutcome FromDeployment(DeployResult deployment)
    {
        SanitizedText verified = deployment.VerifiedAssets is { } assets
            ? (SanitizedText)$", {Quantity.Format(assets, "asset")} verified"
            : $"";
        return deployment switch
        {
            { IsChanged: false } => new(
                RunOutcomeKind.UpToDate,
                $"{deployment.Environment} is already up to date ({deployment.BuildSid}){verified}",
                deployment.Url
            ),
            { Reason.IsRollback: true } => new(
                RunOutcomeKind.RolledBack,
                $"Rolled back {deployment.Environment} to {deployment.BuildSid} {Before(deployment)}{verified}",
                deployment.Url
            ),
            { Reason.PromotedFrom: { } source } => new(
                RunOutcomeKind.Promoted,
                $"Promoted {deployment.BuildSid} from {source} to {deployment.Environment} "
                    + $"{Before(deployment)}{verified}",
                deployment.Url
            ),
            _ => new(
                RunOutcomeKind.Deployed,
                $"Deployed {deployment.BuildSid} to {deployment.Environment} {Before(deployment)}{verified}",
                deployment.Url
            ),
        };
    }

    private static SanitizedText Before(DeployResult deployment) =>
        deployment.PreviousBuildSid is { } build ? (SanitizedText)$"(was {build})" : $"(first deployment)";

    private static string Were(int count) => count == 1 ? "was" : "were";
}
