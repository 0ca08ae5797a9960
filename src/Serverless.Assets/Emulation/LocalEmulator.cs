using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Emulation;

/// <summary>
/// The emulator on a data folder: one that is already running, or a process that stops when this object is disposed or
/// this process ends for any reason.
/// </summary>
internal sealed class LocalEmulator : IDisposable
{
    private const string Ready = "listening on ";
    private const int MaxAttempts = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(2);

    private readonly Process? _process;

    private LocalEmulator(Process? process, string baseUrl)
    {
        _process = process;
        BaseUrl = baseUrl;
    }

    /// <summary>The address, such as <c>http://127.0.0.1:5005</c>.</summary>
    public string BaseUrl { get; }

    /// <summary>Whether this process started it.</summary>
    public bool IsOwned => _process is not null;

    /// <param name="dataDirectory">Full path.</param>
    /// <exception cref="AssetException">It did not start.</exception>
    public static async Task<LocalEmulator> OpenAsync(
        EmulatorProgram program,
        string dataDirectory,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindRunningAsync(dataDirectory, cancellationToken).ConfigureAwait(false) is { } running)
            {
                return new LocalEmulator(process: null, running);
            }

            try
            {
                return await StartAsync(program, dataDirectory, cancellationToken).ConfigureAwait(false);
            }
            catch (AssetException)
                when (attempt < MaxAttempts && File.Exists(Path.Combine(dataDirectory, "emulator.lock")))
            {
                // Another process is starting an emulator on the same data, or stopping one.
                await Task.Delay(Pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose()
    {
        if (_process is null)
        {
            return;
        }

        _process.StandardInput.Close(); // stops it
        if (!_process.WaitForExit(StopTimeout))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    /// <summary>A running emulator writes its address to its data folder.</summary>
    /// <returns>The address; null if no emulator responds.</returns>
    private static async Task<string?> FindRunningAsync(string dataDirectory, CancellationToken cancellationToken)
    {
        var file = Path.Combine(dataDirectory, "emulator.json");
        try
        {
            using var document = JsonDocument.Parse(RegularFile.ReadAllBytes(file));
            var url = document.RootElement.GetProperty("url").GetString()!;
            if (!new Uri(url).IsLoopback)
            {
                return null;
            }

            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = ResponseTimeout };
            using var response = await http.GetAsync(new Uri(new Uri(url), "/__emulator/stats"), cancellationToken)
                .ConfigureAwait(false);
            return response.IsSuccessStatusCode ? url : null;
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or UriFormatException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or HttpRequestException
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return null; // the file belongs to an emulator that was killed
        }
    }

    private static async Task<LocalEmulator> StartAsync(
        EmulatorProgram program,
        string dataDirectory,
        CancellationToken cancellationToken
    )
    {
        Process? process = null;
        try
        {
            process = Process.Start(program.CreateStartInfo(dataDirectory))!;
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(StartTimeout);
            while (await process.StandardOutput.ReadLineAsync(timeout.Token).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith(Ready, StringComparison.Ordinal))
                {
                    return new LocalEmulator(process, line[Ready.Length..].Trim());
                }
            }

            var error = (await errors.ConfigureAwait(false)).Trim();
            throw Failed(error.Length > 0 ? error : "it ended without a message");
        }
        catch (Win32Exception failure)
        {
            throw Failed(failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process?.Kill();
            throw Failed(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it did not listen within {StartTimeout.TotalSeconds:0} seconds"
                )
            );
        }
        catch (OperationCanceledException)
        {
            process?.Kill();
            throw;
        }

        AssetException Failed(string reason) =>
            new(ConfigurationDiagnostics.EmulatorFailed(program.GetServeCommand(dataDirectory), reason.TrimEnd('.')));
    }
}

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
    /// <summary>The command that serves the data after this process has ended.</summary>
    public string GetServeCommand(string dataDirectory) => $"{DisplayName} --data \"{Trim(dataDirectory)}\"";

    public ProcessStartInfo CreateStartInfo(string dataDirectory) =>
        new(FileName, [.. Arguments, "--port", "0", "--data", Trim(dataDirectory), "--until-input-closes"])
        {
            WorkingDirectory = WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

    /// <summary>Without a trailing separator because, on Windows, <c>\"</c> does not end an argument.</summary>
    private static string Trim(string dataDirectory) => Path.TrimEndingDirectorySeparator(dataDirectory);
}
