using System.Diagnostics;
using System.Globalization;

namespace Serverless.Assets.Emulation;

/// <summary>How to run the emulator: its own program, or the tool with the command <c>emulator</c>.</summary>
/// <param name="FileName">The program to start.</param>
/// <param name="Arguments">The arguments before the emulator's options.</param>
/// <param name="DisplayName">The same for a user, such as <c>serverless-assets emulator</c>.</param>
/// <param name="WorkingDirectory">
/// Not the current directory, which may be that of any project, and which a running program locks on Windows.
/// </param>
internal sealed record EmulatorProgram(
    string FileName,
    IReadOnlyList<string> Arguments,
    string DisplayName,
    string WorkingDirectory
)
{
    /// <summary>The prefix of the variables with credentials, which the emulator does not need.</summary>
    private const string CredentialPrefix = "TWILIO_";

    /// <summary>The command that serves the data after this process has ended.</summary>
    public string GetServeCommand(string dataDirectory) => $"{DisplayName} --data \"{Trim(dataDirectory)}\"";

    /// <param name="port">0: that of the previous emulator on the data, or a free one.</param>
    /// <param name="lifetime">The option that decides when it stops.</param>
    public ProcessStartInfo CreateStartInfo(string dataDirectory, int port, string lifetime)
    {
        var start = new ProcessStartInfo(
            FileName,
            [
                .. Arguments,
                "--port",
                port.ToString(CultureInfo.InvariantCulture),
                "--data",
                Trim(dataDirectory),
                lifetime,
            ]
        )
        {
            WorkingDirectory = WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var name in start.Environment.Keys.ToList())
        {
            if (name.StartsWith(CredentialPrefix, StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(name);
            }
        }

        return start;
    }

    /// <summary>Without a trailing separator because, on Windows, <c>\"</c> does not end an argument.</summary>
    private static string Trim(string dataDirectory) => Path.TrimEndingDirectorySeparator(dataDirectory);
}
