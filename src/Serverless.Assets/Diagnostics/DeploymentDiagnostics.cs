using Serverless.Assets.Deployment;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB4xxx: Builds and Deployments. Each code and message is defined only here.</summary>
internal static class DeploymentDiagnostics
{
    private const string Unchanged = "The live site is unchanged";

    public static Diagnostic SeveralVersionsOfAsset(string assetSid, IEnumerable<string> versions) =>
        Diagnostic.Error(
            "SAB4001",
            $"The manifest has several versions of Asset {assetSid}: {string.Join(", ", versions)}. A Build can have "
                + $"only one of them. Upload again to recreate the manifest, or merge the right manifests."
        );

    public static Diagnostic DuplicatePath(string path, IEnumerable<string> versions) =>
        Diagnostic.Error(
            "SAB4002",
            $"The Build would have the path '{path}' twice: {string.Join(" and ", versions)}. Rename one of them."
        );

    public static Diagnostic TooManyVersions(
        int count,
        string kind,
        int limit,
        string largestFolders,
        ServiceLimits limits
    ) =>
        Diagnostic.LimitExceeded(
            limits,
            "SAB4003",
            $"The Build would have {count} {kind}: at most {limit} are allowed, so {count - limit} are too many. "
                + $"Largest folders: {largestFolders}. Exclude files, or set "
                + $"{SettingTable.OtherAssets.SetTo(UnlistedAssetPolicy.Remove)} if live assets of other uploads are "
                + $"no longer needed."
        );

    /// <param name="tooOldPackage">
    /// A package, with its version, that the runtime does not support; null: none is known.
    /// </param>
    /// <param name="runtime">The requested runtime; null: none.</param>
    public static Diagnostic BuildFailed(string buildSid, string serviceSid, string? tooOldPackage, string? runtime) =>
        Diagnostic.Error(
            "SAB4004",
            $"Build {buildSid} of Service {serviceSid} failed. {Unchanged}. The API does not report the reason: see "
                + $"the Build in the Twilio Console (Functions and Assets, Services). {LikelyReason(tooOldPackage, runtime)}"
        );

    public static Diagnostic BuildTimedOut(string buildSid, TimeSpan deadline) =>
        Diagnostic.Error(
            "SAB4005",
            $"Build {buildSid} did not complete within {deadline.TotalMinutes:0} minutes. {Unchanged}. "
                + $"Run again: the Build is reused if it has completed by then."
        );

    public static Diagnostic VersionsDeleted(IEnumerable<string> versions) =>
        Diagnostic.Error(
            "SAB4006",
            $"The service has deleted Asset Versions of the manifest, and they can't be uploaded again because their "
                + $"files are missing, have changed, are outside the project, or look like secrets: "
                + $"{string.Join(", ", versions)}. Run {CommandReference.Upload} "
                + $"again. (The service deletes Asset Versions that are in no Build after 7 days.)"
        );

    /// <param name="known">The Builds of the past hour.</param>
    public static Diagnostic BuildRejected(string reason, string details, KnownBuilds known) =>
        Diagnostic.Error(
            "SAB4007",
            $"The service rejected the Build: {reason} ({details}). {Unchanged}."
                + $"{(known.Count < BuildBudget.Low ? $"" : (SanitizedText)$" {Budget(known)}")}"
        );

    public static Diagnostic DeploymentRejected(string buildSid, string environment, string reason, string details) =>
        Diagnostic.Error(
            "SAB4008",
            $"The service rejected the deployment of Build {buildSid} to {environment}: {reason} ({details}). "
                + $"{Unchanged}."
        );

    public static Diagnostic LiveBuildChanged(string environment, int times) =>
        Diagnostic.Error(
            "SAB4009",
            $"{environment} was deployed to by someone else {times} times during this deployment. "
                + $"Run again when the other deployments are complete."
        );

    public static Diagnostic VerificationFailed(string path, string url, string expected, string found) =>
        Diagnostic.Error(
            "SAB4010",
            $"Verification of '{path}' failed: expected {expected} from {url}, got {found}. "
                + $"Run {CommandReference.Verify} again in a minute. If it fails again, deploy again."
        );

    public static Diagnostic RolledBack(string environment, string buildSid, string previousBuildSid) =>
        Diagnostic.Error(
            "SAB4011",
            $"The deployment of Build {buildSid} to {environment} failed verification and was rolled back: "
                + $"Build {previousBuildSid} is live again."
        );

    public static Diagnostic NothingToRollBackTo(string environment) =>
        Diagnostic.Error(
            "SAB4012",
            $"{environment} has no earlier Build to roll back to. Set {SettingTable.RollbackTo} to the SID of a Build "
                + $"('serverless-assets list' shows them)."
        );

    /// <param name="setting">The setting that names the Environment.</param>
    public static Diagnostic NothingLive(string environment, Setting setting) =>
        Diagnostic.Error(
            "SAB4013",
            $"Nothing is live in {environment}: the Environment does not exist, or no Build was deployed to it. "
                + $"Deploy first, or correct {setting}."
        );

    public static Diagnostic BuildNotUsable(string buildSid, string state) =>
        Diagnostic.Error(
            "SAB4014",
            $"Build {buildSid} can't be deployed: {state}. Run 'serverless-assets list' to see the Builds that can."
        );

    /// <param name="noun">See <see cref="PruneResult.Noun"/>.</param>
    public static Diagnostic PruneNeedsConfirmation(int count, string noun) =>
        Diagnostic.Error(
            "SAB4015",
            $"{Quantity.Format(count, noun)} would be permanently deleted. Nothing was deleted. "
                + $"Review the list, then run again with {SettingTable.Yes.SetTo(true)}."
        );

    /// <inheritdoc cref="PruneNeedsConfirmation"/>
    public static Diagnostic PruneStopped(int deleted, int total, string noun, string reason) =>
        Diagnostic.Error(
            "SAB4016",
            $"Pruning stopped after deleting {deleted} of {Quantity.Format(total, noun)}: {reason}. "
                + $"Run again to see what remains."
        );

    public static Diagnostic OldRuntime(string runtime) =>
        Diagnostic.Warning(
            "SAB4017",
            $"The live Build uses the runtime {runtime}, which the service no longer deploys. If the deployment is "
                + $"rejected, set {SettingTable.Runtime} to a supported runtime such as node22."
        );

    /// <param name="live">See <see cref="LiveBuildStatus.Describe"/>.</param>
    public static Diagnostic RollbackFailed(string environment, string buildSid, string reason, string live) =>
        Diagnostic.Error(
            "SAB4018",
            $"The deployment of Build {buildSid} to {environment} failed verification and was not rolled back, so "
                + $"{live}: {reason}."
        );

    public static Diagnostic RemovalNeedsConfirmation(string environment, string domain) =>
        Diagnostic.Error(
            "SAB4019",
            $"Environment {environment} and its site {domain} would be permanently deleted. Nothing was deleted. "
                + $"Run again with {SettingTable.Yes.SetTo(true)}."
        );

    public static Diagnostic LiveBuildMissing(string buildSid, string environment) =>
        Diagnostic.Error(
            "SAB4020",
            $"The service reports that Build {buildSid} is live in {environment}, but does not return its contents, "
                + $"so what the live site contains is unknown. Nothing was changed. "
                + $"Run again. If the error persists, contact Twilio support."
        );

    /// <param name="liveBuildSid">Null: nothing is deployed.</param>
    public static Diagnostic NotDeployed(
        string buildSid,
        string environment,
        TimeSpan deadline,
        string? liveBuildSid
    ) =>
        Diagnostic.Error(
            "SAB4021",
            $"The service accepted the deployment of Build {buildSid} to {environment}, but after "
                + $"{deadline.TotalSeconds:0} seconds {liveBuildSid ?? "no Build"} is still live there. Run "
                + $"'serverless-assets list' to see what is live, then deploy again."
        );

    public static Diagnostic DeploymentReplaced(string buildSid, string environment, string liveBuildSid) =>
        Diagnostic.Error(
            "SAB4022",
            $"Build {buildSid} was deployed to {environment}, but someone else deployed Build {liveBuildSid} at the "
                + $"same time, and that Build is live. Run again if {buildSid} should be."
        );

    public static Diagnostic SignatureRejected(string path, int count, string domain) =>
        Diagnostic.Warning(
            "SAB4023",
            $"{domain} refuses the signature for '{path}'{Others(count)}. "
                + $"Everything else matches the manifest, so the deployment stays live. Usual causes: "
                + $"TWILIO_AUTH_TOKEN is not the auth token of the account, or the token was changed a few minutes ago."
        );

    public static Diagnostic NotVerified(string buildSid, string environment) =>
        Diagnostic.Warning(
            "SAB4024",
            $"Build {buildSid} is live in {environment} and was not verified, because the run was canceled. "
                + $"Run {CommandReference.Verify} to verify it, or roll back."
        );

    /// <param name="live">See <see cref="LiveBuildStatus.Describe"/>.</param>
    public static Diagnostic DeploymentInterrupted(string buildSid, string environment, string live) =>
        Diagnostic.Warning(
            "SAB4025",
            $"The deployment of Build {buildSid} to {environment} was interrupted, and the service may still carry it "
                + $"out. At the moment, {live}. Run 'serverless-assets list' in a minute to see what is live."
        );

    /// <param name="buildSid">A Build that the run has deployed.</param>
    /// <param name="replacedBuildSid">A Build of someone else; null: it is unknown whether there is one.</param>
    public static Diagnostic DeploymentUnsettled(
        string buildSid,
        string environment,
        string live,
        string? replacedBuildSid
    ) =>
        replacedBuildSid is null
            ? Diagnostic.Warning(
                "SAB4026",
                $"Build {buildSid} was deployed to {environment}, but not checked for replacing a Build that someone "
                    + $"else deployed at the same time. At the moment, {live}. "
                    + $"Run 'serverless-assets list' to see whether this is what should be live."
            )
            : Diagnostic.Warning(
                "SAB4026",
                $"Build {buildSid} was deployed to {environment} and replaced Build {replacedBuildSid}, which someone "
                    + $"else deployed at the same time, and whose assets were not restored. At the moment, {live}. "
                    + $"Deploy the project of {replacedBuildSid} again."
            );

    public static Diagnostic OtherBuildReplaced(string buildSid, string environment, string replacedBuildSid) =>
        Diagnostic.Warning(
            "SAB4027",
            $"Build {buildSid} replaced Build {replacedBuildSid} in {environment}, which someone else deployed at the "
                + $"same time. If {replacedBuildSid} should be live, roll back to it."
        );

    public static Diagnostic OverwrittenBuildMissing(string buildSid, string environment) =>
        Diagnostic.Error(
            "SAB4028",
            $"This deployment to {environment} replaced Build {buildSid}, which someone else deployed at the same time, "
                + $"and the service does not return its contents, so its assets can't be restored. "
                + $"Deploy the project of {buildSid} again."
        );

    public static Diagnostic DeploymentNotListed(string buildSid, string environment, TimeSpan deadline) =>
        Diagnostic.Error(
            "SAB4029",
            $"The service accepted the deployment of Build {buildSid} to {environment}, but does not list it after "
                + $"{deadline.TotalSeconds:0} seconds, so it is unknown whether it replaced a Build of someone else. "
                + $"Run 'serverless-assets list' to see what is live, then deploy again."
        );

    public static Diagnostic BuildHasOtherContents(string buildSid) =>
        Diagnostic.Error(
            "SAB4030",
            $"The service reports that it created Build {buildSid}, but that Build does not contain the requested "
                + $"versions, so it was not deployed. Check whether a proxy changes responses, and run again."
        );

    public static Diagnostic EnvironmentNotRemoved(string environment, string domain) =>
        Diagnostic.Error(
            "SAB4031",
            $"The service confirmed the deletion of the Environment {environment}, but still lists it, so its site "
                + $"{domain} is probably live. Check whether a proxy responds in place of the service, then run again."
        );

    /// <param name="status">See <see cref="InterruptedRemoval.Status"/>.</param>
    public static Diagnostic RemovalInterrupted(string environment, string domain, string status) =>
        Diagnostic.Warning(
            "SAB4032",
            $"The removal of the Environment {environment} and its site {domain} was interrupted, and the service may "
                + $"still carry it out. At the moment, {status}. Run 'serverless-assets list' in a minute to check."
        );

    /// <param name="runtime">Null: unknown.</param>
    /// <param name="buildSid">The Build that the runtime comes from; null: none, or it is unknown.</param>
    public static Diagnostic RuntimeRejected(
        string? runtime,
        RuntimeOrigin origin,
        string? buildSid,
        string reason,
        string details
    ) =>
        Diagnostic.Error(
            "SAB4033",
            $"The service rejected the Build because of the runtime{Preceded(runtime)}{origin switch
            {
                RuntimeOrigin.Setting => (SanitizedText)$", which {SettingTable.Runtime} sets",
                RuntimeOrigin.LiveBuild => $" of the live Build{Preceded(buildSid)}",
                _ => $" of the last Build{Preceded(buildSid)} of the Service",
            }}: {reason} ({details}). {Unchanged}. "
                + $"Set {SettingTable.Runtime.SetTo("node22")} or another supported runtime."
        );

    /// <param name="package">With its version.</param>
    public static Diagnostic PackageLeftToService(string package, string buildSid) =>
        Diagnostic.Warning(
            "SAB4034",
            $"The service no longer accepts {package} of the live Build {buildSid}, so it selects the version of this "
                + $"package for the new Build. Check that the Functions of the Service work with it."
        );

    /// <param name="packages">With their versions.</param>
    public static Diagnostic DependenciesRejected(
        IEnumerable<string> packages,
        string buildSid,
        string reason,
        string details
    ) =>
        Diagnostic.Error(
            "SAB4035",
            $"The service rejected the Build because of {string.Join(", ", packages)}, a dependency of the live Build "
                + $"{buildSid} that the new Build keeps for its Functions: {reason} ({details}). {Unchanged}. "
                + $"Deploy the Functions with another version of the package, then run again."
        );

    /// <inheritdoc cref="PruneNeedsConfirmation"/>
    public static Diagnostic TooManyToPrune(int count, string noun, int limit) =>
        Diagnostic.Error(
            "SAB4036",
            $"{Quantity.Format(count, noun)} would be permanently deleted, but {SettingTable.PruneMaxDelete} allows "
                + $"at most {limit}. Nothing was deleted. Review the list. If it is correct, run again with "
                + $"{SettingTable.PruneMaxDelete.SetTo(count)}."
        );

    public static Diagnostic KeptBuildUnreadable(string buildSid) =>
        Diagnostic.Error(
            "SAB4037",
            $"The service does not return the contents of Build {buildSid}, which {SettingTable.PruneKeepBuilds} keeps, "
                + $"so the Assets that it needs are unknown. Nothing was deleted. Run again. If the error persists, "
                + $"set {SettingTable.PruneKeepBuilds.SetTo(0)}: then Assets of Builds that are not live can be deleted."
        );

    public static Diagnostic BuildBudgetLow(KnownBuilds known) =>
        Diagnostic.Warning(
            "SAB4038",
            $"{Budget(known)} Deploy less often until then: the service refuses further Builds."
        );

    public static Diagnostic BuildBudgetSpent(KnownBuilds known, ServiceLimits limits) =>
        Diagnostic.LimitExceeded(
            limits,
            "SAB4039",
            limits == ServiceLimits.Warn
                ? $"{Budget(known)} The service will probably refuse another one before that time."
                : (SanitizedText)$"{Budget(known)} No Build was requested. Run again after that time."
        );

    /// <summary>The service keeps refusing a Build because of too many requests, until the time limit of the run.</summary>
    public static Diagnostic BuildBudgetRefused(KnownBuilds known) =>
        Diagnostic.Error(
            "SAB4040",
            $"{Budget(known)} The service refused another Build, which is probably the reason. Run again after that time."
        );

    private static SanitizedText Budget(KnownBuilds known) =>
        $"The Services of this run have created {Quantity.Format(known.Count, "Build")} in the past hour. An account can "
        + $"create {BuildBudget.Limit} an hour, and those of its other Services are not counted here. The oldest one leaves "
        + $"the hour at {known.NextAt:HH:mm:ss} UTC.";

    private static SanitizedText LikelyReason(string? tooOldPackage, string? runtime)
    {
        if (tooOldPackage is null)
        {
            return $"The most common one is a dependency that can't be installed.";
        }

        return $"The likely one is {tooOldPackage}, which the new Build keeps from the live one: "
            + $"the runtime{Preceded(runtime)} needs version {ServicePackages.OldestRaised.ToString()} or later. "
            + $"Deploy the Functions with a later version of the package, or set "
            + $"{SettingTable.Runtime.SetTo("node22")}, then run again.";
    }

    private static SanitizedText Others(int count) =>
        count == 1 ? $"" : (SanitizedText)$" and {count - 1} other protected assets";

    private static SanitizedText Preceded(string? value) => value is null ? $"" : (SanitizedText)$" {value}";
}

/// <summary>Where the runtime of a Build comes from.</summary>
internal enum RuntimeOrigin
{
    Setting,

    /// <summary>The deployed Build, which the new one replaces.</summary>
    LiveBuild,

    /// <summary>The last successful Build of the Service, because none was requested.</summary>
    LastBuild,
}
