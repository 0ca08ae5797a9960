using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;
using Serverless.Assets.Settings;

namespace Serverless.Assets.CodeGeneration;

/// <summary>Writes a C# source file with a constant for the path of each asset. Sends no requests.</summary>
internal sealed class ConstantsGenerator(EngineContext context)
{
    /// <summary>
    /// Generates the file. A file with the same content is not rewritten, so that nothing is recompiled.
    /// </summary>
    /// <param name="request">
    /// What to collect. Only errors that affect the paths are reported; <see cref="AssetCollector.Collect"/> reports
    /// the others.
    /// </param>
    /// <param name="outputFile">Full path of the C# file.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    /// <exception cref="AssetException">The paths cannot be determined, or the file cannot be written.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void Generate(CollectRequest request, string outputFile, CancellationToken cancellationToken = default)
    {
        var settings = request.Settings;
        var problems = new DiagnosticBag();
        problems.AddRange(settings.FindProblems(SettingTable.PathCharacters, SettingTable.VisibilityFromFileName));
        var mapped = new AssetCollector(context).Map(
            request with
            {
                UploadsFiles = false, // the page has its constant
            },
            problems,
            cancellationToken
        );
        problems.ThrowIfErrors();
        var baseUrl = RecordFiles.Deployment(settings.ManifestPath, context.Files).Read()?.Url.TrimEnd('/');
        var source = ConstantsSource.Generate(
            mapped.Files.Select(file => file.Path).Distinct(),
            settings.Get(SettingTable.ConstantsNamespace),
            settings.Get(SettingTable.ConstantsClass),
            baseUrl
        );
        WriteIfChanged(outputFile, source);
    }

    private bool HasContent(string path, ReadOnlySpan<byte> content)
    {
        using var stream = context.Files.OpenRead(path);
        return stream.Length == content.Length
            && RegularFile.Buffer(stream, content.Length).ToArray().AsSpan().SequenceEqual(content);
    }

    private void WriteIfChanged(string path, string source)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(source);
            if (!context.Files.Exists(path) || !HasContent(path, bytes))
            {
                context.Files.WriteAtomically(path, bytes);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(StateDiagnostics.RecordNotWritable(path, failure.Message), failure);
        }
    }
}
