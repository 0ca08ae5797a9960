namespace Serverless.Assets.Build.Tasks;

public sealed partial class PruneServerlessAssets
{
    /// <summary>Whether what is shown may be deleted.</summary>
    public bool Yes { get; set; }
}
