using System.Text.Json;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Emulator;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Commands;

/// <summary>The emulator of a command: in this process, or one that runs on the same data already.</summary>
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

    /// <summary>Runs work that connects to the service. If the settings ask for an emulator, it runs as long as the work.</summary>
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
                    $"The emulator's data is in {dataDirectory}; to look at it: {CommandOf(dataDirectory)}"
                );
                return new LocalEmulator(server, server.BaseAddress.GetLeftPart(UriPartial.Authority));
            }
            catch (Exception failure)
                when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                if (FindRunning(dataDirectory) is { } url)
                {
                    context.Logger.Log(LogLevel.Detail, $"Using the emulator at {url}, which has {dataDirectory}");
                    return new LocalEmulator(server: null, url);
                }

                if (
                    failure is not IOException
                    || attempt == MaxTries
                    || !File.Exists(Path.Combine(dataDirectory, "emulator.lock"))
                )
                {
                    throw new AssetException(
                        ConfigurationDiagnostics.EmulatorFailed(CommandOf(dataDirectory), failure.Message.TrimEnd('.')),
                        failure
                    );
                }
            }

            await Task.Delay(Pause, context.Clock, cancellationToken).ConfigureAwait(false); // it locked the folder, and will listen in a moment
        }
    }

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string CommandOf(string dataDirectory) => $"serverless-assets emulator --data \"{dataDirectory}\"";

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
