using Serverless.Assets.Client;

namespace Serverless.Assets.Mapping;

/// <summary>A file and what it will be on the service.</summary>
/// <param name="File">Full path.</param>
/// <param name="DisplayPath">Relative to the project, with <c>/</c>: for messages and the manifest.</param>
/// <param name="Path">URL path on the site, beginning with <c>/</c>; also the friendly name of its Asset.</param>
/// <param name="ContentType">Media type with parameters.</param>
public sealed record LocalAsset(
    string File,
    string DisplayPath,
    string Path,
    Visibility Visibility,
    string ContentType
);
