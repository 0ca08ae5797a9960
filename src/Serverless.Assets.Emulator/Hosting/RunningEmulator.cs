using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Emulator.Control;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>
/// The content of <c>emulator.json</c> in the data folder, where runs find the emulator that uses the folder. A newer
/// emulator may add fields.
/// </summary>
/// <param name="Url">The origin, such as <c>http://127.0.0.1:5005</c>.</param>
/// <param name="Id">A secret, different for each start.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record RunningEmulator(string Url, int Pid, string Id)
{
    private const string FileName = "emulator.json";

    public static string GetPath(string dataFolder) => Path.Combine(dataFolder, FileName);

    /// <returns>Null if the file does not exist or can't be read, because the emulator is still starting.</returns>
    public static string? FindUrl(string dataFolder)
    {
        try
        {
            using var file = PrivateFiles.Open(
                GetPath(dataFolder),
                FileMode.Open,
                FileShare.ReadWrite | FileShare.Delete
            );
            return JsonSerializer.Deserialize(file, ControlJson.Default.RunningEmulator)?.Url;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes the file in one step, so that no run reads a part of it.</summary>
    /// <exception cref="DataFolderException">The file can't be written.</exception>
    public void Write(string dataFolder)
    {
        var path = GetPath(dataFolder);
        var incomplete = path + ".new";
        try
        {
            using (var file = PrivateFiles.Open(incomplete, FileMode.Create))
            {
                JsonSerializer.Serialize(file, this, ControlJson.Default.RunningEmulator);
            }

            File.Move(incomplete, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw DataFolderException.ForFile(dataFolder, incomplete, exception);
        }
    }
}
