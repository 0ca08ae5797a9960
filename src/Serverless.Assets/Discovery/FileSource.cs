namespace Serverless.Assets.Discovery;

/// <summary>One file, named by itself.</summary>
/// <param name="File">Full path.</param>
/// <param name="RelativePath">The part of its path that is kept below the prefix, file name included.</param>
/// <param name="AssetPath">The whole URL path; empty: made from prefix and relative path.</param>
/// <param name="ContentType">Empty: by extension.</param>
/// <param name="FoundByPattern">A recursive glob found it, so it is not named exactly: hidden names are left out.</param>
public sealed record FileSource(
    string File,
    string RelativePath,
    string AssetPath = "",
    string ContentType = "",
    bool FoundByPattern = false,
    string PathPrefix = "",
    string Visibility = ""
) : AssetSource(PathPrefix, Visibility);
