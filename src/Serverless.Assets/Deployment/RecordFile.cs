using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.Deployment;

/// <summary>The result of a step, in a file beside the manifest.</summary>
internal sealed class RecordFile<T>(string manifestPath, string name, JsonTypeInfo<T> type, IFileSystem files)
    where T : class
{
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(manifestPath)!, name);

    /// <returns>Null when there is none, or none that can be read: it is only a help to later steps.</returns>
    public T? Read()
    {
        try
        {
            if (!files.Exists(Path))
            {
                return null;
            }

            using var stream = files.OpenRead(Path);
            return JsonSerializer.Deserialize(stream, type);
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="AssetException">It can't be written.</exception>
    public void Write(T record)
    {
        try
        {
            if (!record.Equals(Read()))
            {
                files.WriteAtomically(Path, [.. JsonSerializer.SerializeToUtf8Bytes(record, type), (byte)'\n']);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(StateDiagnostics.RecordNotWritable(Path, failure.Message), failure);
        }
    }
}
