using System.Globalization;
using System.Text;
using Serverless.Assets.Emulator.Settings;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>A file with fault settings, as JSON such as <c>PUT /__emulator/faults</c> takes.</summary>
internal sealed class FaultsFile
{
    private const int MaxSize = 64 * 1024;

    /// <summary>The encodings that a byte order mark names. Windows PowerShell writes UTF-16.</summary>
    private static readonly Encoding[] Encodings =
    [
        Encoding.UTF8,
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

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

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var file = new FaultsFile(ConvertToUtf8(bytes));
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

    /// <summary>Removes the byte order mark. A file without one is UTF-8, or is reported when it is read.</summary>
    private static byte[] ConvertToUtf8(byte[] bytes)
    {
        var encoding = Encodings.FirstOrDefault(encoding => bytes.AsSpan().StartsWith(encoding.Preamble));
        if (encoding is null)
        {
            return bytes;
        }

        var text = bytes[encoding.Preamble.Length..];
        try
        {
            return encoding is UTF8Encoding ? text : Encoding.Convert(encoding, Encoding.UTF8, text);
        }
        catch (DecoderFallbackException)
        {
            throw new InvalidDataException(FaultSettings.Reader.NotText("UTF-16", line: null).Message);
        }
    }
}
