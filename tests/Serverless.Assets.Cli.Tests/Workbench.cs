using System.CommandLine;
using Serverless.Assets.Emulator;
using Spectre.Console;

namespace Serverless.Assets.Cli.Tests;

/// <summary>
/// Runs the command-line tool on a project folder against an emulator, in this process or as a process.
/// </summary>
internal sealed class Workbench : ProjectWorkbench
{
    private readonly SkippingClock _clock;

    private Workbench(SkippingClock clock) => _clock = clock;

    /// <summary>For tests that inspect the commands without running one.</summary>
    public static CliConsole NoConsole { get; } =
        new(TextWriter.Null, AnsiConsole.Create(new AnsiConsoleSettings()), _ => null, Path.GetTempPath());

    /// <summary>The clock of runs in this process. Their waits take no time.</summary>
    public override TimeProvider Clock => _clock;

    /// <summary>
    /// The line that the user of a run in this process types; null when the input is not interactive.
    /// </summary>
    public string? Answer { get; set; }

    public string ManifestPath => PathOf("serverless-assets.manifest.json");

    public static Task<Workbench> StartAsync(EmulatorFaults? faults = null) => StartAsync(faults, isClockShared: false);

    /// <summary>
    /// Starts an emulator for which time passes when a run in this process waits: for faults that last for some
    /// seconds.
    /// </summary>
    public static Task<Workbench> StartOnSharedClockAsync(EmulatorFaults? faults = null) =>
        StartAsync(faults, isClockShared: true);

    /// <summary>All commands by their names; one of another command has both: <c>versions list</c>.</summary>
    public static IReadOnlyDictionary<string, Command> Commands =>
        CliApplication
            .CreateRoot(NoConsole)
            .Subcommands.SelectMany(command =>
                command
                    .Subcommands.Select(child => (Name: $"{command.Name} {child.Name}", Command: child))
                    .Prepend((Name: command.Name, Command: command))
            )
            .ToDictionary(command => command.Name, command => command.Command);

    /// <summary>The arguments of a command that works on the project with the emulator.</summary>
    /// <param name="command">One of <see cref="Commands"/>.</param>
    public string[] Arguments(string command, params string[] more) =>
        [
            .. command.Split(' '),
            "--project",
            Project,
            "--service-name",
            ServiceName,
            "--create-service",
            "--api-base-url",
            Emulator.Url,
            "--upload-base-url",
            Emulator.Url,
            .. more,
        ];

    /// <summary>Runs a command in this process, on the project and with the emulator.</summary>
    public Task<CliRun> RunAsync(string command, params string[] more) => RunExactlyAsync(Arguments(command, more));

    /// <summary>Runs exactly these arguments in this process.</summary>
    public async Task<CliRun> RunExactlyAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var settings = new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(error),
        };
        var console = new CliConsole(
            output,
            Answer is null ? AnsiConsole.Create(settings) : AnsweringConsole.Create(settings, Answer),
            name => Environment.GetValueOrDefault(name),
            Root.Path
        )
        {
            ContextFactory = CreateContext,
        };
        var exitCode = await CliApplication.RunAsync(args, console).WithinAsync("the command", Deadline.Build);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Starts the built tool with exactly these arguments.</summary>
    public CliProcess Start(params string[] args) => CliProcess.Start(Root.Path, Environment, args);

    /// <inheritdoc cref="CliProcess.StartInShell"/>
    public async Task<CliRun> RunInShellAsync(string script, params string[] args)
    {
        using var program = CliProcess.StartInShell(script, Root.Path, Environment, args);
        return await program.EndAsync();
    }

    /// <summary>Starts the built tool in a terminal with exactly these arguments, which must not need quotes.</summary>
    public Terminal StartInTerminal(params string[] args) =>
        CliProcess.StartInTerminal(
            Root.Path,
            Environment,
            string.Join(' ', [DotNet.Host, Repository.ToolAssembly, .. args])
        );

    private static async Task<Workbench> StartAsync(EmulatorFaults? faults, bool isClockShared)
    {
        // Requests time out after a minute by default; shorter timers are waits.
        var clock = new SkippingClock(longest: TimeSpan.FromMinutes(1));
        var bench = new Workbench(clock);
        await bench.StartEmulatorAsync(faults, isClockShared ? clock : null);
        return bench;
    }
}
