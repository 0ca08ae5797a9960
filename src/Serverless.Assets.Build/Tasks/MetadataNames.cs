namespace Serverless.Assets.Build.Tasks;

/// <summary>The names of item metadata that users set or tasks create.</summary>
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
    public const string ResolvedFile = nameof(ResolvedFile);
    public const string AssetSid = nameof(AssetSid);
    public const string Sha256 = nameof(Sha256);
    public const string Size = nameof(Size);
    public const string SourceFile = nameof(SourceFile);
    public const string Status = nameof(Status);
    public const string Value = nameof(Value);
    public const string Service = nameof(Service);
    public const string ServiceSid = nameof(ServiceSid);
    public const string LiveBuildSid = nameof(LiveBuildSid);
    public const string BuildSid = nameof(BuildSid);
    public const string DeploymentSid = nameof(DeploymentSid);
    public const string EnvironmentSid = nameof(EnvironmentSid);
    public const string Environment = nameof(Environment);
    public const string Url = nameof(Url);
}
