using System.Text;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.CodeGeneration;

/// <summary>The C# file on the disk; untouched while its content is the same, so that nothing is compiled anew.</summary>
internal sealed class ConstantsFile(string path, IFileSystem files)
{
    /// <exception cref="AssetException">It can't be written.</exception>
    public void Write(string source)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(source);
            if (!files.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                files.WriteAtomically(path, bytes);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(StateDiagnostics.RecordNotWritable(path, failure.Message), failure);
        }
    }
}
