namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>Changes to the files of a project between two builds.</summary>
internal static class ProjectChanges
{
    public static void Nothing(ConsumerProject project) { }

    public static void Move(ConsumerProject project, string from, string to) =>
        File.Move(project.PathOf(from), project.PathOf(to));

    public static void Swap(ConsumerProject project, string one, string other)
    {
        Move(project, one, "kept");
        Move(project, other, one);
        Move(project, "kept", other);
    }

    /// <summary>As an unpacked archive does.</summary>
    public static void ReplaceUnnoticed(ConsumerProject project, string file, string text)
    {
        var written = File.GetLastWriteTimeUtc(project.PathOf(file));
        File.WriteAllText(project.PathOf("kept"), text);
        File.SetLastWriteTimeUtc(project.PathOf("kept"), written);
        File.Move(project.PathOf("kept"), project.PathOf(file), overwrite: true);
    }

    public static void DeleteBuildOutput(ConsumerProject project)
    {
        Directory.Delete(project.PathOf("bin"), recursive: true);
        Directory.Delete(project.PathOf("obj"), recursive: true);
    }
}
