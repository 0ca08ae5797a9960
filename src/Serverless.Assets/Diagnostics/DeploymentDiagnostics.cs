using Serverless.Assets.Deployment;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB4xxx: Builds and Deployments. Each method holds the only copy of its code and text.</summary>
internal static class DeploymentDiagnostics
{
    /// <summary>Where a person looks: the API tells no reasons.</summary>
    private const string Console = "Twilio Console, Functions and Assets, Services";

    public static Diagnostic TwoVersionsOfOneAsset(string assetSid, IEnumerable<string> versions) =>
        Diagnostic.Error(
            "SAB4001",
            $"The manifest has several versions of the Asset {assetSid}: {string.Join(", ", versions)}. A Build takes one of each: upload again to make the manifest anew, or merge the right manifests."
        );

    public static Diagnostic PathTwice(string path, IEnumerable<string> versions) =>
        Diagnostic.Error(
            "SAB4002",
            $"The path '{path}' would be twice in the Build: {string.Join(" and ", versions)}. Rename one of them."
        );

    public static Diagnostic TooManyVersions(int count, string kind, int limit, string heaviest) =>
        Diagnostic.Error(
            "SAB4003",
            $"The Build would have {count} {kind}: at most {limit} are allowed, so {count - limit} are too many. The folders with most: {heaviest}. Leave some out, or set {SettingTable.OtherAssets.SetTo(UnlistedAssetPolicy.Remove)} if live assets of other uploads are no longer needed."
        );

    public static Diagnostic BuildFailed(string buildSid, string serviceSid) =>
        Diagnostic.Error(
            "SAB4004",
            $"The Build {buildSid} of {serviceSid} failed, and the service tells no reason. What is live is as it was. Look at the Build in the {Console}; a dependency that can't be installed is the usual reason."
        );

    public static Diagnostic BuildTimedOut(string buildSid, TimeSpan deadline) =>
        Diagnostic.Error(
            "SAB4005",
            $"The Build {buildSid} was not complete after {deadline.TotalMinutes:0} minutes. What is live is as it was. Run again: when it is complete by then, it is used."
        );

    public static Diagnostic VersionsGone(IEnumerable<string> versions) =>
        Diagnostic.Error(
            "SAB4006",
            $"The service no longer has Asset Versions that the manifest names, and their files are not here (or changed) to send them again: {string.Join(", ", versions)}. The service deletes versions that no Build holds after 7 days: upload again."
        );

    public static Diagnostic BuildRefused(string reason, string details) =>
        Diagnostic.Error("SAB4007", $"The service refused the Build: {reason} ({details}). What is live is as it was.");

    public static Diagnostic DeploymentRefused(string buildSid, string environment, string reason, string details) =>
        Diagnostic.Error(
            "SAB4008",
            $"The service refused to deploy the Build {buildSid} to {environment}: {reason} ({details}). What is live is as it was."
        );

    public static Diagnostic LiveBuildChanged(string environment, int tries) =>
        Diagnostic.Error(
            "SAB4009",
            $"What is live in {environment} was changed by somebody else {tries} times while a Build was made over it. Run again when the other deployments are done."
        );

    public static Diagnostic VerificationFailed(string path, string url, string expected, string found) =>
        Diagnostic.Error(
            "SAB4010",
            $"'{path}' is not live as it should be: {url} should give {expected}, and gives {found}. Run {CommandReference.Verify} again in a minute; deploy again if it stays."
        );

    public static Diagnostic RolledBack(string environment, string buildSid, string previousBuildSid) =>
        Diagnostic.Error(
            "SAB4011",
            $"The deployment of {buildSid} to {environment} did not pass its verification and was taken back: {previousBuildSid} is live again."
        );

    public static Diagnostic NothingToRollBackTo(string environment) =>
        Diagnostic.Error(
            "SAB4012",
            $"There is no earlier Build of {environment} to go back to. Name one: serverless-assets list shows them, {SettingTable.RollbackTo} takes it."
        );

    public static Diagnostic NothingLive(string environment) =>
        Diagnostic.Error(
            "SAB4013",
            $"Nothing is live in {environment}: there is no such Environment, or no Build was deployed to it. Deploy first, or mend {SettingTable.Environment}."
        );

    public static Diagnostic BuildNotUsable(string buildSid, string state) =>
        Diagnostic.Error(
            "SAB4014",
            $"The Build {buildSid} can't be deployed: {state}. serverless-assets list shows those that can."
        );

    public static Diagnostic PruneNeedsConsent(int count) =>
        Diagnostic.Error(
            "SAB4015",
            $"{count} Assets would be deleted for good. Nothing was deleted. Look at the list, then run again with {SettingTable.Yes.SetTo(true)}."
        );

    public static Diagnostic PruneStopped(int deleted, int total, string reason) =>
        Diagnostic.Error(
            "SAB4016",
            $"Pruning stopped with {deleted} of {total} Assets deleted: {reason}. Run again to see what is left."
        );

    public static Diagnostic OldRuntime(string runtime) =>
        Diagnostic.Warning(
            "SAB4017",
            $"The live Build's runtime is {runtime}, which the service no longer deploys. Set {SettingTable.Runtime}, for example to node22, if the deployment is refused."
        );

    public static Diagnostic RollbackFailed(string environment, string buildSid, string reason) =>
        Diagnostic.Error(
            "SAB4018",
            $"The deployment of {buildSid} to {environment} did not pass its verification, and could not be taken back: {reason}. It is live."
        );

    public static Diagnostic RemovalNeedsConsent(string environment, string domain) =>
        Diagnostic.Error(
            "SAB4019",
            $"The Environment {environment} and its site {domain} would be deleted for good. Nothing was deleted. Run again with {SettingTable.Yes.SetTo(true)}."
        );

    public static Diagnostic LiveBuildGone(string buildSid, string environment) =>
        Diagnostic.Error(
            "SAB4020",
            $"The service says that {buildSid} is live in {environment}, but does not have this Build. A Build made without it would take everything else down, so none is made. Run again, and ask the vendor's support if this stays."
        );
}
