using System.Diagnostics;

namespace Serverless.Assets.TestSupport;

/// <summary>Runs bash as a CI system does: with only the variables that it is given.</summary>
internal static class Shell
{
    /// <param name="arguments">Arguments of bash.</param>
    /// <returns>Standard output and standard error, in the order in which they were written.</returns>
    public static async Task<(int ExitCode, string Log)> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    )
    {
        var result = await ChildProcess.RunAsync(Prepare(folder, environment, arguments));
        return (result.ExitCode, result.Out);
    }

    /// <inheritdoc cref="RunAsync"/>
    public static ChildProcess Start(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params string[] arguments
    ) => ChildProcess.Start(Prepare(folder, environment, arguments));

    private static ProcessStartInfo Prepare(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        string[] arguments
    )
    {
        var start = new ProcessStartInfo("bash", ["-c", "exec bash \"$@\" 2>&1", "bash", .. arguments])
        {
            WorkingDirectory = folder,
        };
        ProcessEnvironment.SetForScript(start, environment);
        return start;
    }
}
