using System.Diagnostics;
using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>How a run of the command-line tool ended, in a process or in this one.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Out);

    public IReadOnlyList<string> ErrorLines => Lines(Error);

    /// <summary>The codes of the warnings and errors, in their order.</summary>
    public IReadOnlyList<string> Codes =>
        [
            .. ErrorLines
                .SelectMany(line => line.Split(": "))
                .SelectMany(part => part.Split(' '))
                .Where(word => word.StartsWith("SAB", StringComparison.Ordinal) && word.Length == 7),
        ];

    /// <summary>Asserts that the run succeeded and wrote nothing to standard error.</summary>
    public CliRun SucceededSilently()
    {
        Assert.Equal((0, ""), (ExitCode, Error));
        return this;
    }

    public static IReadOnlyList<string> Lines(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Runs the built command-line tool in a separate process, as a user does.</summary>
internal sealed class CliProcess : IDisposable
{
    /// <summary>Columns of the terminal of <see cref="StartInTerminal"/>.</summary>
    public const int TerminalWidth = 100;

    private readonly ChildProcess _process;

    private CliProcess(ChildProcess process) => _process = process;

    /// <summary>Completes when the tool has ended.</summary>
    public Task Exited => _process.Exited;

    /// <param name="environment">Variables in addition to those of this process that do not change a run.</param>
    public static CliProcess Start(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params string[] args
    ) => Start(new ProcessStartInfo(DotNet.Host, [Repository.ToolAssembly, .. args]), folder, environment);

    /// <summary>Starts the tool in a shell that limits or redirects it.</summary>
    /// <param name="script">For sh; runs the tool with <c>exec "$@"</c>.</param>
    public static CliProcess StartInShell(
        string script,
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params string[] args
    ) =>
        Start(
            new ProcessStartInfo("sh", ["-c", script, "sh", DotNet.Host, Repository.ToolAssembly, .. args]),
            folder,
            environment
        );

    /// <summary>
    /// Starts a command in a terminal that can show colors and progress, unless a variable says otherwise.
    /// </summary>
    /// <param name="command">In the syntax of sh.</param>
    public static Terminal StartInTerminal(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        string command
    ) =>
        Terminal.Start(
            folder,
            TerminalWidth,
            command,
            start =>
            {
                start.Environment["LC_ALL"] = "C.UTF-8";
                start.Environment["CI"] = start.Environment["TF_BUILD"] = start.Environment["NO_COLOR"] = "";
                ProcessEnvironment.SetForTool(start, environment);
            }
        );

    /// <returns>The next line of standard output; null at its end.</returns>
    public Task<string?> ReadLineAsync() => _process.ReadLineAsync();

    /// <inheritdoc cref="ChildProcess.KillAsync"/>
    public Task KillAsync() => _process.KillAsync();

    /// <inheritdoc cref="ChildProcess.SignalAsync"/>
    public Task SignalAsync(string name) => _process.SignalAsync(name);

    public async Task<CliRun> EndAsync()
    {
        var result = await _process.EndAsync();
        return new CliRun(result.ExitCode, result.Out, result.Error);
    }

    public void Dispose() => _process.Dispose();

    private static CliProcess Start(
        ProcessStartInfo start,
        string folder,
        IReadOnlyDictionary<string, string> environment
    )
    {
        start.WorkingDirectory = folder;
        ProcessEnvironment.SetForTool(start, environment);
        return new CliProcess(ChildProcess.Start(start));
    }
}
