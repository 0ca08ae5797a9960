using System.Net;
using System.Net.Sockets;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Seeding;
using Serverless.Assets.Emulator.Settings;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator;

/// <summary>A running emulator. A process can run several, each with its own data folder.</summary>
public sealed class ServerlessEmulator : IAsyncDisposable
{
    private readonly EmulatorState _state;
    private readonly WebApplication _application;
    private int _isDisposed;

    private ServerlessEmulator(EmulatorState state, WebApplication application)
    {
        _state = state;
        _application = application;
        BaseAddress = GetBaseAddress(state.Options.ListenAddress, new Uri(application.Urls.First()).Port);
    }

    /// <summary>
    /// The origin of the REST API, the upload endpoint and the control endpoints, for instance
    /// <c>http://127.0.0.1:5005/</c>.
    /// </summary>
    public Uri BaseAddress { get; }

    /// <summary>The fault settings. Setting them is the same as <c>PUT /__emulator/faults</c>.</summary>
    /// <exception cref="ArgumentException">A setting is out of range.</exception>
    public EmulatorFaults Faults
    {
        get => _state.Faults.Settings;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfInvalid(FaultSettings.All, value, nameof(value));
            _state.Faults.Settings = value;
        }
    }

    /// <summary>
    /// What the emulator does where the behavior of the service is not documented. Setting it is the same as
    /// <c>PUT /__emulator/behavior</c>.
    /// </summary>
    /// <exception cref="ArgumentException">A setting is not valid.</exception>
    public EmulatorBehavior Behavior
    {
        get => _state.Behavior.Current;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            ThrowIfInvalid(BehaviorSettings.All, value, nameof(value));
            _state.Behavior.Current = value;
        }
    }

    /// <summary>
    /// The requests to the REST API and the upload endpoint since the start or the last reset, in the order of their
    /// responses. They are kept in memory with the content of their files.
    /// </summary>
    public IReadOnlyList<EmulatorRequest> Requests => _state.Journal.Requests;

    /// <summary>Starts an emulator. It accepts requests when the returned task completes.</summary>
    /// <exception cref="IOException">
    /// Another emulator uses the data folder (the message contains its URL), the folder can't be created or written to,
    /// or the port is in use or not available.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The database in the data folder is damaged, or a newer version of the emulator or another program created it.
    /// </exception>
    /// <exception cref="ArgumentException">A setting or the account SID is not valid.</exception>
    public static async Task<ServerlessEmulator> StartAsync(
        ServerlessEmulatorOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(options);
        ThrowIfInvalid(FaultSettings.All, options.Faults, nameof(options));
        ThrowIfInvalid(BehaviorSettings.All, options.Behavior, nameof(options));
        if (!Sid.IsSid(options.AccountSid, "AC"))
        {
            throw new ArgumentException(
                $"{nameof(options.AccountSid)} '{options.AccountSid}' is not valid: expected AC followed by 32 hexadecimal "
                    + "digits.",
                nameof(options)
            );
        }

        if (HostNames.FindInvalid(options.AllowedHosts) is { } host)
        {
            throw new ArgumentException(
                $"{nameof(options.AllowedHosts)} '{host}' is not valid: expected {HostNames.Expected}.",
                nameof(options)
            );
        }

        var state = EmulatorState.Open(options);
        WebApplication? application = null;
        try
        {
            application = await ListenAsync(state, cancellationToken);
            var server = new ServerlessEmulator(state, application);
            state.Folder?.Announce(server.BaseAddress, state.Id);
            return server;
        }
        catch
        {
            if (application is not null)
            {
                await application.DisposeAsync();
            }

            state.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Returns to the state of a new emulator: deletes all resources, files, requests and statistics, and applies the
    /// initial fault settings. Call it while no requests are in progress.
    /// </summary>
    public Task ResetAsync(CancellationToken cancellationToken = default) => Task.Run(_state.Reset, cancellationToken);

    /// <summary>
    /// Makes the files below a folder a deployed site: an Asset for each file, in a Service with a Build and the
    /// Environment <c>dev</c>. The file name can end with <c>.private.EXT</c> or <c>.protected.EXT</c>. Hidden files are
    /// left out. If a Service of this name exists, only what changed is added to it. The emulator records no requests.
    /// </summary>
    /// <param name="serviceName">The unique name of the Service: at most 50 letters, digits and dashes.</param>
    /// <exception cref="ArgumentException">The name is not valid.</exception>
    /// <exception cref="IOException">The folder does not exist, or a file can't be read.</exception>
    /// <exception cref="InvalidDataException">
    /// Files can't be Assets. The message contains each of them with the reason and the remedy.
    /// </exception>
    public async Task<EmulatorSite> SeedAsync(
        string folder,
        string serviceName = "site",
        CancellationToken cancellationToken = default
    )
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(serviceName);
        if (
            serviceName.Length > ServiceLimits.MaxServiceNameLength
            || !serviceName.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        )
        {
            throw new ArgumentException(
                $"'{serviceName}' is not valid: expected at most {ServiceLimits.MaxServiceNameLength} letters, digits and "
                    + "dashes.",
                nameof(serviceName)
            );
        }

        var (service, environment, build) = await new FolderSeeder(_state).SeedAsync(
            folder,
            serviceName,
            cancellationToken
        );
        var address = new Uri($"http://{SiteHost.GetHost(environment, BaseAddress.Port)}/");
        return new EmulatorSite(service.Sid, environment.Sid, build, address);
    }

    /// <summary>
    /// Copies all resources and files into memory. Call it while no requests are in progress.
    /// </summary>
    public Task<EmulatorSnapshot> SnapshotAsync(CancellationToken cancellationToken = default) =>
        Task.Run(_state.CreateSnapshot, cancellationToken);

    /// <summary>
    /// Replaces all resources and files by those of a snapshot. It does not change requests, statistics, fault settings
    /// and behavior, which <see cref="ResetAsync"/> resets. Call it while no requests are in progress.
    /// </summary>
    public Task RestoreAsync(EmulatorSnapshot snapshot, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Task.Run(() => _state.Restore(snapshot), cancellationToken);
    }

    /// <summary>
    /// Waits until the token is canceled, the server is disposed, standard input ends (with
    /// <see cref="ServerlessEmulatorOptions.ExitWhenInputCloses"/>), or no run uses the server any longer (with
    /// <see cref="ServerlessEmulatorOptions.ExitWhenUnused"/>). None of these throws. The server runs until it is disposed.
    /// </summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _state.Stopping);
        var waiting = Task.Delay(Timeout.Infinite, end.Token);
        if (_state.Options.ExitWhenInputCloses)
        {
            var input = _state.Options.Input ?? Console.OpenStandardInput();
            waiting = Task.WhenAny(waiting, ReadToEndAsync(input, end.Token)).Unwrap();
        }

        if (_state.Options.ExitWhenUnused)
        {
            waiting = Task.WhenAny(waiting, WaitUntilUnusedAsync(end.Token)).Unwrap();
        }

        await waiting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops the server. Requests in progress get two seconds to complete.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        await _state.StopAsync();
        await _application.StopAsync();
        await _application.DisposeAsync();
        _state.Dispose();
    }

    /// <summary>An emulator that listens on all addresses is used at that of this machine.</summary>
    private static Uri GetBaseAddress(IPAddress address, int port)
    {
        var used =
            address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : address;
        return new Uri($"http://{new IPEndPoint(used, port)}/");
    }

    /// <summary>Tries the port of the previous emulator first if the options do not specify a port.</summary>
    private static async Task<WebApplication> ListenAsync(EmulatorState state, CancellationToken cancellationToken)
    {
        var port = state.Options.Port;
        if (port == 0 && state.Folder?.PreviousPort is { } previous)
        {
            try
            {
                return await ListenAsync(state, previous, cancellationToken);
            }
            catch (IOException)
            {
                // Another program uses the port now.
            }
        }

        return await ListenAsync(state, port, cancellationToken);
    }

    private static async Task<WebApplication> ListenAsync(
        EmulatorState state,
        int port,
        CancellationToken cancellationToken
    )
    {
        var application = EmulatorApplication.Create(state, port);
        try
        {
            await application.StartAsync(cancellationToken);
            return application;
        }
        catch (SocketException exception)
        {
            await application.DisposeAsync();
            var address = state.Options.ListenAddress;
            var where = IPAddress.IsLoopback(address) ? "" : $" of {address}";
            throw new IOException(
                $"Port {port}{where} can't be used: {exception.Message.TrimEnd('.')}. Choose another port.",
                exception
            );
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    private async Task WaitUntilUnusedAsync(CancellationToken cancellationToken)
    {
        var leases = _state.Leases;
        await Task.WhenAny(leases.Unused, Task.Delay(Leases.StartTimeout, _state.Options.Clock, cancellationToken));
        leases.StopIfUnused(); // the run that started the emulator ended before it took a lease
        await leases.Unused.WaitAsync(cancellationToken);
    }

    /// <summary>Reads on a dedicated thread, because reading from a console blocks and cannot be canceled.</summary>
    private static Task ReadToEndAsync(Stream input, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(
            () =>
            {
                var buffer = new byte[256];
                while (!cancellationToken.IsCancellationRequested && input.Read(buffer) > 0) { }
            },
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static void ThrowIfInvalid<T>(IEnumerable<Setting<T>> table, T settings, string parameterName)
        where T : IEquatable<T>, new()
    {
        // The defaults are valid. Most starts have them, and are faster without the code of each check.
        if (!settings.Equals(new T()) && table.FindProblem(settings) is { } problem)
        {
            throw new ArgumentException(problem.ToString(), parameterName);
        }
    }
}
