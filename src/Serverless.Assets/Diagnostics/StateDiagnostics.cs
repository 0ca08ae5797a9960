using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB5xxx: the upload state and the manifest. Each code and message is defined only here.</summary>
internal static class StateDiagnostics
{
    public static Diagnostic StateUnreadable(string file, string reason) =>
        Diagnostic.Warning(
            "SAB5001",
            $"The upload state '{file}' can't be used: {reason}. The run continues without it and uploads every file. "
                + $"If the warning persists, delete the file, or set {SettingTable.StatePath} to another folder.",
            file
        );

    public static Diagnostic StateDamaged(string file, int lines) =>
        Diagnostic.Warning(
            "SAB5002",
            $"The upload state '{file}' has damaged lines ({lines}), which were ignored: the files that they record "
                + $"may be uploaded again. If this recurs, check the disk.",
            file
        );

    public static Diagnostic StateNotWritable(string file, string reason) =>
        Diagnostic.Warning(
            "SAB5003",
            $"The upload state '{file}' can't be written: {reason}. The run continues, but the next one may upload the "
                + $"same files again. Free some disk space, or set {SettingTable.StatePath}.",
            file
        );

    public static Diagnostic ManifestNotWritable(string file, string reason) =>
        Diagnostic.Error(
            "SAB5004",
            $"The manifest '{file}' can't be written: {reason}. Set {SettingTable.ManifestPath} to a writable path and "
                + $"run again.",
            file
        );

    public static Diagnostic ManifestReplaced(string file, string reason) =>
        Diagnostic.Warning(
            "SAB5005",
            $"'{file}' is not a manifest of version 1 ({reason}) and was replaced. "
                + $"Its content is kept in '{file}.previous'.",
            file
        );

    public static Diagnostic ManifestMissing(string file) =>
        Diagnostic.Error(
            "SAB5006",
            $"The manifest '{file}' does not exist. Run {CommandReference.Upload} first. "
                + $"(During an upload, and after an interrupted one, the last manifest is '{file}.previous'.)",
            file
        );

    public static Diagnostic ManifestBroken(string file, string reason) =>
        Diagnostic.Error(
            "SAB5007",
            $"The manifest '{file}' can't be read: {reason}. Run {CommandReference.Upload} again to recreate it.",
            file
        );

    public static Diagnostic ManifestNewer(string file, int version, int known) =>
        Diagnostic.Error(
            "SAB5008",
            $"The manifest '{file}' has version {version}, but this tool supports versions up to {known}. "
                + $"Use the version of the tool that wrote it, or a later one.",
            file
        );

    public static Diagnostic ManifestOfOtherService(string file, string serviceSid, string expected) =>
        Diagnostic.Error(
            "SAB5009",
            $"The manifest '{file}' belongs to Service {serviceSid}, not to {expected}. "
                + $"Upload to {expected}, or correct {SettingTable.ServiceSid} or {SettingTable.ServiceName}.",
            file
        );

    public static Diagnostic ManifestOfOtherAccount(string file, string accountSid, string expected) =>
        Diagnostic.Error(
            "SAB5010",
            $"The manifest '{file}' belongs to account {accountSid}, but the credentials belong to {expected}. "
                + $"Use credentials of the account that the assets were uploaded to.",
            file
        );

    /// <param name="copyOwner">The manifest whose asset is the copy of its start page; null if neither is a copy.</param>
    public static Diagnostic ManifestsConflict(string path, string file, string other, string? copyOwner) =>
        Diagnostic.Error(
            "SAB5011",
            $"'{file}' and '{other}' both have an asset at '{path}', with different versions. {ResolveConflict(copyOwner)}",
            file
        );

    public static Diagnostic RecordNotWritable(string file, string reason) =>
        Diagnostic.Error(
            "SAB5012",
            $"The file '{file}' can't be written: {reason}. Make its folder writable and run again.",
            file
        );

    public static Diagnostic ReportNotWritable(string file, string reason) =>
        Diagnostic.Warning(
            "SAB5013",
            $"The report '{file}' can't be written: {reason}. The run itself is not affected. "
                + $"Set the path of the report to a writable one.",
            file
        );

    public static Diagnostic LockFolderNotTrusted(string folder, string reason) =>
        Diagnostic.Warning(
            "SAB5014",
            $"The folder for lock files '{folder}' is not used: {reason}. Runs on this machine don't wait for each "
                + $"other, so concurrent ones may do the same work twice. Delete the folder, or make it your own and "
                + $"writable only by you.",
            folder
        );

    public static Diagnostic ManifestOfOtherProject(string file, string owner, string project) =>
        Diagnostic.Error(
            "SAB5015",
            $"The manifest '{file}' is that of {owner}, and {project} would replace it. Set "
                + $"{SettingTable.ManifestPath} to another path in one of the projects. If {owner} was only renamed, "
                + $"delete the file.",
            file
        );

    public static Diagnostic OutputNotWritable(string reason) =>
        Diagnostic.Error(
            "SAB5016",
            $"The result can't be written to standard output: {reason}. Redirect the output to a file that can be "
                + $"written, and run again."
        );

    public static Diagnostic RecordsShared(string file, string other) =>
        Diagnostic.Error(
            "SAB5017",
            $"The manifests '{file}' and '{other}' are in one folder, so their deployments would replace each other's "
                + $"records, such as serverless-assets.deployment.json. Set {SettingTable.ManifestPath} to a file in "
                + $"another folder for one of them. If '{other}' is no longer used, delete it.",
            file
        );

    public static Diagnostic SiteStateNotUsable(string domain, string reason) =>
        Diagnostic.Warning(
            "SAB5018",
            $"The state file of the site {domain} can't be used: {reason}. The run continues without it, so an upload "
                + $"also uploads the files that another machine has uploaded. The next deployment that changes the site "
                + $"replaces it."
        );

    public static Diagnostic SiteStateNotWritten(string reason) =>
        Diagnostic.Warning(
            "SAB5019",
            $"The state file of the site can't be uploaded: {reason}. The deployment continues without it, so other "
                + $"machines upload all files again. The next deployment that changes the site tries again."
        );

    public static Diagnostic RedisNotUsable(string address, string reason) =>
        Diagnostic.Warning(
            "SAB5020",
            $"The Redis server {address} can't be used: {reason}. The run continues without it, so it may upload files "
                + $"that other machines upload, too. Check the server, {SettingTable.StateStore}, "
                + $"{RedisStore.UserVariable} and {RedisStore.PasswordVariable}."
        );

    public static Diagnostic RedisNotEncrypted(string address) =>
        Diagnostic.Warning(
            "SAB5021",
            $"The password of the Redis server {address} is sent without encryption. Use rediss:// in "
                + $"{SettingTable.StateStore}, or a server that only this network can reach and that needs no password."
        );

    private static SanitizedText ResolveConflict(string? copyOwner) =>
        copyOwner is null
            ? (SanitizedText)
                $"Give one of them another {new FrontPhrase($"AssetPath or {SettingTable.PathPrefix}", $"{SettingTable.PathPrefix}")}."
            : $"That of '{copyOwner}' is a copy of its {RootIndex.Page}: to omit it, upload with {SettingTable.RootIndex.SetTo(false)}.";
}
