using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Serverless.Assets.TestSupport;

/// <summary>Runs <c>dotnet</c> with no more of this process's environment than a build may see.</summary>
internal static class DotNet
{
    /// <summary>Full path of the <c>dotnet</c> that runs the tests.</summary>
    public static string Host { get; } =
        Path.GetFullPath(
            Path.Combine(
                RuntimeEnvironment.GetRuntimeDirectory(),
                "..",
                "..",
                "..",
                OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"
            )
        );

    /// <returns>Standard output followed by standard error.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var result = await ChildProcess.RunAsync(Prepare(folder, arguments, environment));
        return (result.ExitCode, result.Output);
    }

    public static ChildProcess Start(
        string folder,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    ) => ChildProcess.Start(Prepare(folder, arguments, environment));

    private static ProcessStartInfo Prepare(
        string folder,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment
    )
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder };
        ProcessEnvironment.SetForBuild(start, environment);
        return start;
    }
}
