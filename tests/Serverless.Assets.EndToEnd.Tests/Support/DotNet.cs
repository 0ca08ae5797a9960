using System.Collections;
using System.Diagnostics;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>Runs <c>dotnet</c>, with no more of this process's environment than a build may see.</summary>
internal static class DotNet
{
    /// <summary>Credentials, settings that would become properties, what a CI system tells, what `dotnet test` leaves for its children, and another package folder than the tests have.</summary>
    private static readonly string[] Hidden =
    [
        "TWILIO_",
        "SERVERLESSASSETS",
        "MSBUILD",
        "GITHUB_",
        "TF_BUILD",
        "BUILD_",
        "CI_",
        "DOTNET_CLI_",
        "DOTNET_HOST_PATH",
        "NUGET_PACKAGES",
    ];

    public static async Task<(int ExitCode, string Output)> RunAsync(
        string folder,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        using var process = Start(folder, arguments, environment);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, output + await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>Starts it, or another program that does, with its outputs redirected.</summary>
    public static Process Start(
        string folder,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string program = "dotnet"
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        Prepare(start, environment);
        return Process.Start(start)!;
    }

    /// <summary>Gives the process no more of this one's environment than a build may see, and what leaves nothing behind.</summary>
    public static void Prepare(ProcessStartInfo start, IReadOnlyDictionary<string, string>? environment)
    {
        foreach (
            var name in Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => (string)variable.Key)
        )
        {
            if (Hidden.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                start.Environment.Remove(name);
            }
        }

        // Nothing stays behind: no worker nodes, no servers.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
    }
}
