using System.Diagnostics;
using System.Text.Json;

namespace Serverless.Assets.Client.InteropTests.Node;

/// <summary>
/// Runs the scripts of this folder, which use Twilio's clients for Node. The packages of <c>package-lock.json</c> are installed
/// next to the scripts in the output folder, once for each lock file.
/// </summary>
internal static class NodeProject
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Node");
    private static readonly Lazy<Task> Installation = new(InstallAsync);

    /// <summary>Runs a script with JSON as its last argument. Skips the test on a machine without Node and npm.</summary>
    /// <returns>The JSON that the script prints.</returns>
    public static async Task<JsonElement> RunAsync(string script, string[] arguments, object json)
    {
        ProgramPath.SkipUnlessInstalled("node", "npm");
        await Installation.Value;
        var start = new ProcessStartInfo("node", [script, .. arguments, JsonSerializer.Serialize(json)])
        {
            WorkingDirectory = Folder,
        };
        ProcessEnvironment.SetForScript(start, variables: null);
        var result = await ChildProcess.RunAsync(start);
        Assert.True(result.ExitCode == 0, $"{script} {string.Join(' ', arguments)} failed:\n{result.Output}");
        return JsonSerializer.Deserialize<JsonElement>(result.Out);
    }

    private static async Task InstallAsync()
    {
        var packages = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"), TestEmulator.Token);
        var installed = Path.Combine(Folder, "node_modules", ".installed");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed, TestEmulator.Token) == packages)
        {
            return;
        }

        string[] install = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"];
        string[] command = OperatingSystem.IsWindows() ? ["cmd", "/c", .. install] : install; // npm is a script there
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = Folder };
        var result = await ChildProcess.RunAsync(start);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', install)} failed:\n{result.Output}");
        await File.WriteAllTextAsync(installed, packages, TestEmulator.Token);
    }
}
