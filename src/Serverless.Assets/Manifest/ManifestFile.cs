using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;

namespace Serverless.Assets.Manifest;

/// <summary>
/// The manifest on the disk. A manifest that exists can be trusted: it is withdrawn before the first upload, and
/// written as a whole when the run is complete.
/// </summary>
internal sealed class ManifestFile(string path, IFileSystem files, IAssetLogger logger)
{
    /// <summary>The suffix of the previous manifest's path.</summary>
    public const string PreviousSuffix = ".previous";

    private readonly Lock _lock = new();
    private bool _isWithdrawn;

    /// <summary>
    /// The manifests that the same run writes after this one. They are withdrawn with it: if the run is killed, none of an
    /// earlier run is left.
    /// </summary>
    public IReadOnlyList<ManifestFile> Later { get; init; } = [];

    /// <summary>The exception of <see cref="WithdrawBeforeUpload"/>; null: it has not failed.</summary>
    public AssetException? WithdrawalFailure { get; private set; }

    public string Path { get; } = path;

    /// <summary>The previous manifest, which is kept after the run.</summary>
    public string PreviousPath => Path + PreviousSuffix;

    /// <summary>Reports a manifest that another project has written, which must not be replaced.</summary>
    /// <param name="project">See <see cref="AssetManifest.Project"/>.</param>
    public void CheckOwner(string? project, DiagnosticBag problems)
    {
        if (project is not null && FindOwner() is { } owner && owner != project)
        {
            problems.Add(StateDiagnostics.ManifestOfOtherProject(Path, owner, project));
        }
    }

    private string? FindOwner()
    {
        try
        {
            return ManifestReader.ReadLast(Path, files)?.Project;
        }
        catch (AssetException)
        {
            return null; // not a manifest of this version: Write replaces it, with a warning
        }
    }

    /// <summary>Moves the manifest aside, so that a build that is killed from now on leaves none.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="AssetException">The manifest cannot be moved.</exception>
    public bool Withdraw()
    {
        try
        {
            var exists = files.Exists(Path);
            if (exists)
            {
                files.Move(Path, PreviousPath);
            }

            return exists;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(StateDiagnostics.ManifestNotWritable(Path, failure.Message), failure);
        }
    }

    /// <summary>
    /// Withdraws the manifest before the first upload of a run: a run that is killed from then on leaves none. Only the
    /// first call does anything; all calls fail with the same exception.
    /// </summary>
    /// <inheritdoc cref="Withdraw"/>
    public void WithdrawBeforeUpload()
    {
        lock (_lock)
        {
            if (WithdrawalFailure is not null)
            {
                ExceptionDispatchInfo.Throw(WithdrawalFailure);
            }

            if (_isWithdrawn)
            {
                return;
            }

            try
            {
                Withdraw();
                foreach (var later in Later)
                {
                    later.Withdraw();
                }

                _isWithdrawn = true;
            }
            catch (AssetException failure)
            {
                WithdrawalFailure = failure;
                throw;
            }
        }
    }

    /// <summary>Writes the manifest, unless the existing one describes the same assets.</summary>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="AssetException">The manifest cannot be written.</exception>
    public bool Write(AssetManifest manifest)
    {
        try
        {
            var existing = Read(Path);
            if (existing is not null && existing.HasSameAssets(manifest))
            {
                return false;
            }

            var last = existing ?? TryReadPrevious();
            var written =
                last is not null && last.HasSameAssets(manifest) ? manifest with { Source = last.Source } : manifest;
            var json = JsonSerializer.Serialize(written, ManifestJson.Format.AssetManifest) + "\n";
            files.WriteAtomically(Path, Encoding.UTF8.GetBytes(json));
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new AssetException(StateDiagnostics.ManifestNotWritable(Path, failure.Message), failure);
        }
    }

    /// <summary>Only the source depends on the previous manifest, so it does not matter if it is unreadable.</summary>
    private AssetManifest? TryReadPrevious()
    {
        try
        {
            return Read(PreviousPath);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private AssetManifest? Read(string file)
    {
        if (!files.Exists(file))
        {
            return null;
        }

        try
        {
            using var stream = files.OpenRead(file);
            using var document = ManifestReader.ParseJson(stream);
            return ManifestReader.Parse(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            Replace(file, broken.Message);
        }

        return null;
    }

    private void Replace(string file, string reason)
    {
        if (file == Path)
        {
            files.Move(Path, PreviousPath);
            logger.Warn(StateDiagnostics.ManifestReplaced(Path, reason));
        }
    }
}
