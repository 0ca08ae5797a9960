using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Build.Emulator;

/// <summary>Starts the emulator on a data folder.</summary>
internal sealed class EmulatorLaunch(string dotNetHost, string assembly, string dataDirectory)
{
    private const string Ready = "listening on ";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(2);

    private readonly string _dotNetHost = dotNetHost.Length > 0 ? dotNetHost : "dotnet";

    /// <summary>Without a trailing separator because, on Windows, <c>\"</c> does not end an argument.</summary>
    private readonly string _dataDirectory = Path.TrimEndingDirectorySeparator(dataDirectory);

    /// <summary>The command that serves the same data after the build.</summary>
    public string ServeCommand => $"dotnet \"{assembly}\" --data \"{_dataDirectory}\"";

    /// <summary>A running emulator writes its address to its data folder.</summary>
    /// <returns>The address; null if no emulator responds.</returns>
    public async Task<string?> FindRunningAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(_dataDirectory, "emulator.json");
        try
        {
            using var document = JsonDocument.Parse(
                await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)
            );
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

    /// <exception cref="AssetException">It did not start.</exception>
    public async Task<EmulatorProcess> StartAsync(CancellationToken cancellationToken)
    {
        Process? process = null;
        try
        {
            process = Process.Start(
                new ProcessStartInfo(
                    _dotNetHost,
                    [assembly, "--port", "0", "--data", _dataDirectory, "--until-input-closes"]
                )
                {
                    // MSBuild's current directory may be that of any project.
                    WorkingDirectory = Path.GetDirectoryName(assembly)!,
                    RedirectStandardInput = true,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                    CreateNoWindow = true,
                }
            )!;
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(StartTimeout);
            while (await process.StandardOutput.ReadLineAsync(timeout.Token).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith(Ready, StringComparison.Ordinal))
                {
                    return new EmulatorProcess(process, line[Ready.Length..].Trim());
                }
            }

            throw Failed($"it ended: {(await errors.ConfigureAwait(false)).Trim()}");
        }
        catch (Win32Exception failure)
        {
            throw Failed(failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process?.Kill();
            throw Failed($"it did not listen within {StartTimeout.TotalSeconds:0} seconds");
        }
        catch (OperationCanceledException)
        {
            process?.Kill();
            throw;
        }
    }

    private AssetException Failed(string reason) =>
        new(ConfigurationDiagnostics.EmulatorFailed(ServeCommand, reason.TrimEnd('.')));
}

/// <summary>A running emulator. It stops when disposed, or when this process ends for any reason.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    public EmulatorProcess(Process process, string baseUrl)
    {
        _process = process;
        BaseUrl = baseUrl;
    }

    public string BaseUrl { get; }

    public void Dispose()
    {
        _process.StandardInput.Close(); // stops it
        if (!_process.WaitForExit(StopTimeout))
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
