using Serverless.Assets.Client;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;
using Serverless.Assets.Tests.Support;
using Serverless.Assets.Verification;
using Spectre.Console;

namespace Serverless.Assets.Cli.Tests.Support;

/// <summary>A project folder, an emulator in this process, and the command line between them.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    public const string User = "SK0123456789abcdef0123456789abcdef";
    public const string Secret = "kept-to-itself-7f3a";
    public const string ServiceName = "site";

    private readonly TempFolder _folder;

    private Workbench(TempFolder folder, EmulatorServer server)
    {
        _folder = folder;
        Service = new EmulatedService(server);
        Project = _folder.Folder("site");
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the program sees; a child process has these besides its own.</summary>
    public Dictionary<string, string> Environment { get; } =
        new() { ["TWILIO_API_KEY"] = User, ["TWILIO_API_SECRET"] = Secret };

    /// <summary>Makes what a run in this process sends through.</summary>
    public Func<HttpMessageHandler> HttpHandler { get; set; } = ApiConnection.CreateHandler;

    /// <summary>Makes what a run in this process fetches sites through.</summary>
    public Func<HttpMessageHandler> SiteHandler { get; set; } = SiteHttpHandler.Create;

    /// <summary>The clock of runs in this process: their waits are short.</summary>
    public HurriedClock Clock { get; } = new();

    /// <summary>What a person types; null: nobody is there.</summary>
    public string? Answer { get; set; }

    /// <summary>For a look at the commands without running one.</summary>
    public static CliConsole NoConsole { get; } =
        new(TextWriter.Null, AnsiConsole.Create(new AnsiConsoleSettings()), _ => null, Path.GetTempPath());

    public EmulatedService Service { get; }

    /// <summary>Full path of the project folder, which is not the current one.</summary>
    public string Project { get; }

    public string ManifestPath => PathOf("serverless-assets.manifest.json");

    public string JournalPath => PathOf("obj/serverless-assets/uploads.journal");

    public static async Task<Workbench> StartAsync(EmulatorFaults? faults = null)
    {
        var folder = new TempFolder();
        var options = new EmulatorOptions
        {
            DataDirectory = folder["emulator"],
            Faults = faults ?? new EmulatorFaults(),
        };
        return new Workbench(folder, await EmulatorServer.StartAsync(options, Token));
    }

    /// <summary>Full path of what is in the project.</summary>
    public string PathOf(string relativePath) => _folder[$"site/{relativePath}"];

    public string Write(string relativePath, string content = "x") => _folder.Write($"site/{relativePath}", content);

    /// <summary>The arguments that lead a command to the project and the emulator.</summary>
    public string[] Arguments(string command, params string[] more) =>
        [
            command,
            "--project",
            Project,
            "--service-name",
            ServiceName,
            "--create-service",
            "--api-base-url",
            Service.Url,
            "--upload-base-url",
            Service.Url,
            .. more,
        ];

    /// <summary>Runs a command against the emulator.</summary>
    public Task<CliRun> RunAsync(string command, params string[] more) => RunExactlyAsync(Arguments(command, more));

    /// <summary>Runs exactly these arguments.</summary>
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
            _folder.Path
        )
        {
            ContextFactory = logger => new EngineContext
            {
                Logger = logger,
                Environment = name => Environment.GetValueOrDefault(name),
                HttpHandler = HttpHandler,
                SiteHandler = SiteHandler,
                Clock = Clock,
            },
        };
        var exitCode = await CliApplication.RunAsync(args, console);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Starts the built program with exactly these arguments.</summary>
    public CliProcess Start(params string[] args) => CliProcess.Start(_folder.Path, Environment, args);

    /// <summary>Starts the built program with exactly these arguments, which must not need quotes, in a terminal.</summary>
    public Terminal StartInTerminal(params string[] args) =>
        Terminal.Start(_folder.Path, Environment, string.Join(' ', [CliProcess.Host, CliProcess.Program, .. args]));

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _folder.Dispose();
    }
}
