namespace Serverless.Assets.Diagnostics;

/// <summary>SAB5xxx: the upload state and the manifest. Each method holds the only copy of its code and text.</summary>
internal static class StateDiagnostics
{
    public static Diagnostic StateUnreadable(string file, string reason) => Diagnostic.Warning(
        "SAB5001",
        $"The upload state '{file}' can't be used: {reason}. The run goes on without it, and uploads every file. Delete it if this does not pass.",
        file);

    public static Diagnostic StateDamaged(string file, int lines) => Diagnostic.Warning(
        "SAB5002",
        $"The upload state '{file}' has {lines} damaged lines, which were left out: what they remembered may be uploaded again. Check the disk if this comes back.",
        file);

    public static Diagnostic StateNotWritable(string file, string reason) => Diagnostic.Warning(
        "SAB5003",
        $"The upload state '{file}' can't be written: {reason}. The run goes on, but the next one may upload the same files again. Make room or set ServerlessAssetsStatePath.",
        file);

    public static Diagnostic ManifestNotWritable(string file, string reason) => Diagnostic.Error(
        "SAB5004",
        $"The manifest '{file}' can't be written: {reason}. All files are uploaded and remembered; set ServerlessAssetsManifestPath to a place that can be written, and run again.",
        file);

    public static Diagnostic ManifestReplaced(string file, string reason) => Diagnostic.Warning(
        "SAB5005",
        $"The manifest '{file}' is not one of version 1 ({reason}), and was replaced. What it said is kept as '{file}.previous'.",
        file);
}
