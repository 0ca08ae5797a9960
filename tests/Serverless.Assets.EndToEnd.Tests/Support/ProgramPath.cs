namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>Programs that a machine may have or not.</summary>
internal static class ProgramPath
{
    public static bool IsThere(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)) || File.Exists(Path.Combine(folder, $"{program}.exe")));
}
