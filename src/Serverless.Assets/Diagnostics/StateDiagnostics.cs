using Serverless.Assets.Settings;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB5xxx: the upload state and the manifest. Each method holds the only copy of its code and text.</summary>
internal static class StateDiagnostics
{
    public static Diagnostic StateUnreadable(string file, string reason) =>
        Diagnostic.Warning(
            "SAB5001",
            $"The upload state '{file}' can't be used: {reason}. The run goes on without it, and uploads every file. Delete it if this does not pass.",
            file
        );

    public static Diagnostic StateDamaged(string file, int lines) =>
        Diagnostic.Warning(
            "SAB5002",
            $"The upload state '{file}' has {lines} damaged lines, which were left out: what they remembered may be uploaded again. Check the disk if this comes back.",
            file
        );

    public static Diagnostic StateNotWritable(string file, string reason) =>
        Diagnostic.Warning(
            "SAB5003",
            $"The upload state '{file}' can't be written: {reason}. The run goes on, but the next one may upload the same files again. Make room or set {SettingTable.StatePath}.",
            file
        );

    public static Diagnostic ManifestNotWritable(string file, string reason) =>
        Diagnostic.Error(
            "SAB5004",
            $"The manifest '{file}' can't be written: {reason}. All files are uploaded and remembered; set {SettingTable.ManifestPath} to a place that can be written, and run again.",
            file
        );

    public static Diagnostic ManifestReplaced(string file, string reason) =>
        Diagnostic.Warning(
            "SAB5005",
            $"The manifest '{file}' is not one of version 1 ({reason}), and was replaced. What it said is kept as '{file}.previous'.",
            file
        );

    public static Diagnostic ManifestMissing(string file) =>
        Diagnostic.Error(
            "SAB5006",
            $"There is no manifest '{file}'. Upload first. (While an upload runs, and when one was interrupted, there is none; the last one is '{file}.previous'.)",
            file
        );

    public static Diagnostic ManifestBroken(string file, string reason) =>
        Diagnostic.Error(
            "SAB5007",
            $"The manifest '{file}' can't be read: {reason.TrimEnd('.')}. Upload again to make it anew.",
            file
        );

    public static Diagnostic ManifestNewer(string file, int version, int known) =>
        Diagnostic.Error(
            "SAB5008",
            $"The manifest '{file}' is of version {version}, and this tool knows versions up to {known}. Use the version of the tool that made it, or a newer one.",
            file
        );

    public static Diagnostic ManifestOfOtherService(string file, string serviceSid, string expected) =>
        Diagnostic.Error(
            "SAB5009",
            $"The manifest '{file}' is of the Service {serviceSid}, not of {expected}. Upload to {expected}, or mend {SettingTable.ServiceSid} or {SettingTable.ServiceName}.",
            file
        );

    public static Diagnostic ManifestOfOtherAccount(string file, string accountSid, string expected) =>
        Diagnostic.Error(
            "SAB5010",
            $"The manifest '{file}' is of the account {accountSid}, and the credentials are of {expected}. Use the credentials of the account that it was uploaded to.",
            file
        );

    public static Diagnostic ManifestsConflict(string path, string file, string other) =>
        Diagnostic.Error(
            "SAB5011",
            $"'{file}' and '{other}' both have an asset at '{path}', of different versions. Give one of them another {new FrontPhrase($"AssetPath or PathPrefix", $"{SettingTable.PathPrefix}")}.",
            file
        );

    public static Diagnostic RecordNotWritable(string file, string reason) =>
        Diagnostic.Error(
            "SAB5012",
            $"The result '{file}' can't be written: {reason.TrimEnd('.')}. What it would say is done; make its folder writable and run again.",
            file
        );

    public static Diagnostic ReportNotWritable(string file, string reason) =>
        Diagnostic.Warning(
            "SAB5013",
            $"The report '{file}' can't be written: {reason.TrimEnd('.')}. The run itself is not touched by it; set the report's path to a place that can be written.",
            file
        );
}
