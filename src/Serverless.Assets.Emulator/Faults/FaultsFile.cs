using System.Globalization;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>A file with fault settings, as JSON such as <c>PUT /__emulator/faults</c> takes.</summary>
internal sealed class FaultsFile
{
    private const int MaxSize = 64 * 1024;

    private readonly byte[] _json;

    private FaultsFile(byte[] json) => _json = json;

    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be read.</exception>
    /// <exception cref="InvalidDataException">
    /// A setting is not valid. The message starts with the number of its line.
    /// </exception>
    public static FaultsFile Open(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > MaxSize)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it has {stream.Length} bytes, and the limit is {MaxSize}."
                )
            );
        }

        using var reader = new StreamReader(stream); // without the byte order mark
        var file = new FaultsFile(System.Text.Encoding.UTF8.GetBytes(reader.ReadToEnd()));
        file.Apply(new EmulatorFaults());
        return file;
    }

    /// <summary>Returns the settings with those in the file.</summary>
    public EmulatorFaults Apply(EmulatorFaults settings)
    {
        try
        {
            return FaultSettings.Reader.Read(_json, settings);
        }
        catch (SettingsException exception)
        {
            var position = exception.Line is { } line
                ? string.Create(CultureInfo.InvariantCulture, $"line {line}: ")
                : "";
            throw new InvalidDataException(position + exception.Message, exception);
        }
    }
}
