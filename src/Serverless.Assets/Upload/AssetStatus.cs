namespace Serverless.Assets.Upload;

public enum AssetStatus
{
    /// <summary>This run made its Asset Version.</summary>
    Uploaded,

    /// <summary>An earlier run made its Asset Version, which serves again.</summary>
    Unchanged,
}
