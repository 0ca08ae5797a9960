namespace Serverless.Assets.Build.Tasks;

public sealed partial class RollbackServerlessAssets
{
    /// <summary>The Build to go back to: <c>ZB…</c>; empty: the one that was live before.</summary>
    public string RollbackTo { get; set; } = "";
}
