using System.Text.Json;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>The emulator that a command uses: hosted in this process, or already running on the same data.</summary>
internal sealed class LocalEmulator : IAsyncDisposable
{
    private const int MaxTries = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly EmulatorServer? _server;
    private readonly string _url;

    private LocalEmulator(EmulatorServer? server, string url)
    {
        _server = server;
        _url = url;
    }

    /// <summary>
    /// Runs work that connects to the service, with an emulator for its duration if the settings ask for one.
    /// </summary>
    /// <param name="work">Receives the settings with the addresses of the service.</param>
    /// <exception cref="AssetException">The emulator can't be started.</exception>
    public static async Task<T> UseAsync<T>(CommandContext context, Func<SettingValues, Task<T>> work)
    {
        var settings = context.Settings;
        if (!settings.Get(SettingTable.Emulator))
        {
            return await work(settings).ConfigureAwait(false);
        }

        var emulator = await OpenAsync(
                EmulatorDefaults.GetDataDirectory(settings),
                context.Engine,
                context.CancellationToken
            )
            .ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            return await work(
                    settings
                        .With(SettingTable.ApiBaseUrl, emulator._url)
                        .With(SettingTable.UploadBaseUrl, emulator._url)
                )
                .ConfigureAwait(false);
        }
    }

    private static async Task<LocalEmulator> OpenAsync(
        string dataDirectory,
        EngineContext context,
        CancellationToken cancellationToken
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var server = await EmulatorServer
                    .StartAsync(new EmulatorOptions { DataDirectory = dataDirectory }, cancellationToken)
                    .ConfigureAwait(false);
                context.Logger.Log(
                    LogLevel.Summary,
                    $"The emulator's data is in {dataDirectory}. To view it, run: {GetCommand(dataDirectory)}"
                );
                return new LocalEmulator(server, server.BaseAddress.GetLeftPart(UriPartial.Authority));
            }
            catch (Exception failure)
                when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                if (FindRunning(dataDirectory) is { } url)
                {
                    context.Logger.Log(LogLevel.Detail, $"Using the emulator at {url}, which serves {dataDirectory}");
                    return new LocalEmulator(server: null, url);
                }

                if (
                    failure is not IOException
                    || attempt == MaxTries
                    || !File.Exists(Path.Combine(dataDirectory, "emulator.lock"))
                )
                {
                    throw new AssetException(
                        ConfigurationDiagnostics.EmulatorFailed(
                            GetCommand(dataDirectory),
                            failure.Message.TrimEnd('.')
                        ),
                        failure
                    );
                }
            }

            // The other emulator has locked the folder and is about to listen.
            await Task.Delay(Pause, context.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string GetCommand(string dataDirectory) => $"serverless-assets emulator --data \"{dataDirectory}\"";

    /// <summary>A running emulator writes its address to its data folder.</summary>
    private static string? FindRunning(string dataDirectory)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(dataDirectory, "emulator.json")));
            var url = document.RootElement.GetProperty("url").GetString();
            return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.IsLoopback ? url : null;
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
            )
        {
            return null;
        }
    }
}
