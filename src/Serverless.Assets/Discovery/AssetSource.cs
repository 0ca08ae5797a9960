namespace Serverless.Assets.Discovery;

/// <summary>Where assets come from: a <see cref="FolderSource"/> or a <see cref="FileSource"/>.</summary>
/// <param name="PathPrefix">What the URL path begins with; empty: <c>/</c>.</param>
/// <param name="Visibility">As the user wrote it; empty: by the file's name, else public.</param>
public abstract record AssetSource(string PathPrefix, string Visibility);
