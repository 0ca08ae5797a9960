using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// A project folder, an emulator, and what a run sees of the world: environment variables, a clock and connections.
/// Each front adds how its runs are started.
/// </summary>
internal abstract class ProjectWorkbench : IAsyncDisposable
{
    public const string User = TestCredentials.ApiKey;
    public const string Secret = TestCredentials.Secret;

    /// <summary>Unique name of the Service that runs create and use.</summary>
    public const string ServiceName = "site";

    private TestEmulator? _emulator;

    protected ProjectWorkbench() => Project = Root.Folder("site");

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Full path of the project folder, which is not the current folder.</summary>
    public string Project { get; }

    /// <summary>Full path of the data folder for an emulator that a run starts.</summary>
    public string Data => Root["emulator"];

    public string StatePath => PathOf("obj/serverless-assets");

    public string JournalPath => PathOf("obj/serverless-assets/uploads.journal");

    /// <summary>The environment of a run: valid credentials, unless the test changes them.</summary>
    public Dictionary<string, string> Environment { get; } =
        new() { ["TWILIO_API_KEY"] = User, ["TWILIO_API_SECRET"] = Secret };

    /// <summary>The clock of runs in this process.</summary>
    public abstract TimeProvider Clock { get; }

    /// <summary>Creates the handler through which runs in this process send requests to the service.</summary>
    public Func<HttpMessageHandler> HttpHandler { get; set; } = ApiConnection.CreateHandler;

    /// <summary>Creates the handler through which runs in this process fetch sites.</summary>
    public Func<HttpMessageHandler> SiteHandler { get; set; } = ApiConnection.CreateHandler;

    public TestEmulator Emulator => _emulator ?? throw new InvalidOperationException("No emulator was started.");

    protected bool HasEmulator => _emulator is not null;

    /// <summary>Contains the project and the emulator's data.</summary>
    protected TempFolder Root { get; } = new();

    /// <summary>Not git, because a clock that skips waits would skip the time that git is given to answer.</summary>
    public string GitProgram { get; set; } = "git-is-not-installed";

    /// <summary>Full path of a file or folder of the project.</summary>
    public string PathOf(string relativePath) => Root[$"site/{relativePath}"];

    /// <summary>Writes a file of the project.</summary>
    /// <returns>The full path.</returns>
    public string Write(string relativePath, string content = "x") => Root.Write($"site/{relativePath}", content);

    /// <inheritdoc cref="TempFolder.NamedPipe"/>
    public string Pipe(string relativePath) => Root.NamedPipe($"site/{relativePath}");

    public virtual EngineContext CreateContext(IAssetLogger logger) =>
        new()
        {
            Logger = logger,
            Clock = Clock,
            GetEnvironmentVariable = name => Environment.GetValueOrDefault(name),
            HttpHandler = HttpHandler,
            SiteHandler = SiteHandler,
            GitProgram = GitProgram,
        };

    public virtual async ValueTask DisposeAsync()
    {
        if (_emulator is not null)
        {
            await _emulator.DisposeAsync();
        }

        Root.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <param name="clock">The emulator's clock; null for real time.</param>
    protected async Task StartEmulatorAsync(EmulatorFaults? faults = null, TimeProvider? clock = null) =>
        _emulator = await TestEmulator.StartInMemoryAsync(clock ?? TimeProvider.System, faults);
}
