namespace Serverless.Assets.TestSupport;

/// <summary>Finds programs that may or may not be installed.</summary>
internal static class ProgramPath
{
    /// <summary>The folders of <c>PATH</c>.</summary>
    public static IReadOnlyList<string> Folders =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <returns>The full path; null if the program is not installed.</returns>
    public static string? Find(string program) =>
        Folders
            .SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, $"{program}.exe")])
            .FirstOrDefault(File.Exists);

    public static bool IsInstalled(string program) => Find(program) is not null;

    /// <summary>Skips the test unless all of these programs are installed.</summary>
    public static void SkipUnlessInstalled(params string[] programs)
    {
        foreach (var program in programs)
        {
            Assert.SkipUnless(IsInstalled(program), $"{program} is not installed");
        }
    }
}
