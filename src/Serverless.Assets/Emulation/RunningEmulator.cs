using System.Text.Json;
using Serverless.Assets.Client;

namespace Serverless.Assets.Emulation;

/// <summary>What an emulator writes to <c>emulator.json</c> in its data folder.</summary>
/// <param name="Id">A secret, different for each start.</param>
internal sealed record RunningEmulator(string Url, int ProcessId, string Id)
{
    /// <summary>The emulator declares it too: it shares no code with its clients.</summary>
    public const string FileName = "emulator.json";

    /// <returns>Null if there is no such file, or no emulator wrote it.</returns>
    public static RunningEmulator? Find(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(RegularFile.ReadAllBytes(file));
            var json = document.RootElement;
            var running = new RunningEmulator(
                json.GetProperty("url").GetString()!,
                json.GetProperty("pid").GetInt32(),
                json.GetProperty("id").GetString()!
            );
            var isLocal = new Uri(running.Url) is { IsLoopback: true } url && url.Scheme == Uri.UriSchemeHttp;
            return isLocal && !string.IsNullOrEmpty(running.Id) ? running : null;
        }
        catch (Exception failure)
            when (failure
                    is IOException
                        or UnauthorizedAccessException
                        or JsonException
                        or UriFormatException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or ArgumentNullException
            )
        {
            return null;
        }
    }
}
