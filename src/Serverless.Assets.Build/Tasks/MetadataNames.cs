using Serverless.Assets.Client;

namespace Serverless.Assets.Build.Tasks;

/// <summary>Names of item metadata: what users write on items, and what the tasks put on theirs.</summary>
internal static class MetadataNames
{
    public const string Patterns = nameof(Patterns);
    public const string ExcludePatterns = nameof(ExcludePatterns);
    public const string PathPrefix = nameof(PathPrefix);
    public const string Visibility = nameof(Visibility);
    public const string AssetPath = nameof(AssetPath);
    public const string ContentType = nameof(ContentType);
    public const string Link = nameof(Link);
    public const string RecursiveDir = nameof(RecursiveDir);
    public const string DefiningProjectFullPath = nameof(DefiningProjectFullPath);
    public const string FullPath = nameof(FullPath);
    public const string DisplayPath = nameof(DisplayPath);
    public const string AssetSid = nameof(AssetSid);
    public const string Sha256 = nameof(Sha256);
    public const string Size = nameof(Size);
    public const string SourceFile = nameof(SourceFile);
    public const string Status = nameof(Status);
}
