using System.Diagnostics;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// How much of the environment of the test process a child process inherits: all of it (<see cref="Set"/>), all but
/// what would change a run of the tool (<see cref="SetForTool"/>) or a build (<see cref="SetForBuild"/>), or only what
/// describes the machine (<see cref="SetForScript"/>).
/// </summary>
internal static class ProcessEnvironment
{
    /// <summary>
    /// Prefixes of variables that change a run of the tool: credentials and regions, and collectors of telemetry.
    /// </summary>
    private static readonly string[] ChangesTool = ["TWILIO_", "OTEL_"];

    /// <summary>
    /// Prefixes of variables that change a build: those of the tool, settings that would become properties, what CI systems
    /// set, what <c>dotnet test</c> sets for its children, and another package folder than the tests use.
    /// </summary>
    private static readonly string[] ChangesBuild =
    [
        .. ChangesTool,
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

    /// <summary>What programs need to know about the machine.</summary>
    private static readonly string[] DescribesMachine =
    [
        "PATH",
        "HOME",
        "USERPROFILE",
        "DOTNET_ROOT",
        "TMPDIR",
        "TEMP",
        "TMP",
        "SystemRoot",
        "APPDATA",
        "LOCALAPPDATA",
    ];

    /// <summary>
    /// Keeps builds from leaving worker nodes and MSBuild servers behind, and from printing what is not under test. They do share
    /// a compiler server, which ends when it is idle: hundreds of builds would each start a compiler.
    /// </summary>
    private static readonly Dictionary<string, string> QuietBuild = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
        ["UseSharedCompilation"] = "true",
    };

    public static void Set(ProcessStartInfo start, IReadOnlyDictionary<string, string>? variables)
    {
        foreach (var (name, value) in variables ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
    }

    /// <summary>For a run of the tool whose settings and credentials are only those of the test.</summary>
    public static void SetForTool(ProcessStartInfo start, IReadOnlyDictionary<string, string>? variables)
    {
        Remove(start, ChangesTool);
        Set(start, variables);
    }

    /// <summary>For a build that must see nothing of this machine but what the test gives it.</summary>
    public static void SetForBuild(ProcessStartInfo start, IReadOnlyDictionary<string, string>? variables)
    {
        Remove(start, ChangesBuild);
        Set(start, QuietBuild);
        Set(start, variables);
    }

    /// <summary>For a script that a CI system runs.</summary>
    public static void SetForScript(ProcessStartInfo start, IReadOnlyDictionary<string, string>? variables)
    {
        start.Environment.Clear();
        foreach (var name in DescribesMachine)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        Set(start, QuietBuild);
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1";
        Set(start, variables);
    }

    private static void Remove(ProcessStartInfo start, IReadOnlyCollection<string> prefixes)
    {
        foreach (var name in start.Environment.Keys.ToList())
        {
            if (prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                start.Environment.Remove(name);
            }
        }
    }
}
