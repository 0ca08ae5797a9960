namespace Serverless.Assets.Discovery;

/// <summary>A file that was found, before it has a URL path.</summary>
/// <param name="FullPath">Where it is.</param>
/// <param name="RelativePath">Its path below its folder, with <c>/</c>; it is kept in the URL path.</param>
/// <param name="Source">What named it.</param>
internal sealed record DiscoveredFile(string FullPath, string RelativePath, AssetSource Source);
