namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>Programs that a machine may have or not.</summary>
internal static class ProgramPath
{
    /// <summary>Where the system looks for programs.</summary>
    public static IReadOnlyList<string> Folders =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <returns>Full path; null: it is not there.</returns>
    public static string? Find(string program) =>
        Folders
            .SelectMany(folder => (string[])[Path.Combine(folder, program), Path.Combine(folder, $"{program}.exe")])
            .FirstOrDefault(File.Exists);

    public static bool IsThere(string program) => Find(program) is not null;
}
