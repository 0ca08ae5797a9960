using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Discovery;

namespace Serverless.Assets.Mapping;

/// <summary>A file and the Asset that it is uploaded as.</summary>
/// <param name="File">Full path.</param>
/// <param name="DisplayPath">
/// Path relative to the project, separated by <c>/</c>, for messages and the manifest.
/// </param>
/// <param name="Path">URL path on the site. It is also the friendly name of the Asset.</param>
/// <param name="Visibility">Who can access the asset.</param>
/// <param name="ContentType">Media type with its parameters.</param>
internal sealed record LocalAsset(
    string File,
    string DisplayPath,
    AssetPath Path,
    Visibility Visibility,
    string ContentType
)
{
    /// <inheritdoc cref="DiscoveredFile.Target"/>
    public string Target { get; init; } = File;

    /// <inheritdoc cref="MappedFile.Service"/>
    public string? Service { get; init; }
}

/// <summary>
/// A file as it was mapped, before validation: the path may be invalid, too long, or used by another file. Validation
/// turns it into a <see cref="LocalAsset"/>.
/// </summary>
/// <param name="File">Full path.</param>
/// <param name="DisplayPath">Path relative to the project, separated by <c>/</c>.</param>
/// <param name="Path">URL path. It begins with <c>/</c>.</param>
/// <param name="Visibility">Who can access the asset.</param>
/// <param name="ContentType">Media type with its parameters.</param>
/// <param name="Source">The folder or file that the user asked for.</param>
internal sealed record MappedFile(
    string File,
    string DisplayPath,
    string Path,
    Visibility Visibility,
    string ContentType,
    AssetSource Source
)
{
    /// <inheritdoc cref="DiscoveredFile.Target"/>
    public string Target { get; init; } = File;

    /// <summary>Whether <see cref="RootIndex"/> added it, so that the user has not asked for this path.</summary>
    public bool IsRootIndexCopy { get; init; }

    /// <summary>Unique name or SID of the Service that a rule sends the file to; null: the default Service.</summary>
    public string? Service { get; init; }

    public LocalAsset ToAsset(AssetPath path) =>
        new(File, DisplayPath, path, Visibility, ContentType) { Target = Target, Service = Service };
}

/// <summary>The files of all sources after mapping.</summary>
/// <param name="Files">Sorted by path (ordinal).</param>
/// <param name="Summary">One line about the published <c>wwwroot</c>, or null if none was collected.</param>
internal sealed record MappedFiles(IReadOnlyList<MappedFile> Files, SanitizedText? Summary);
