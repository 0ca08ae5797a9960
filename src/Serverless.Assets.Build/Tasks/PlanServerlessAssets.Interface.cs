using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

public sealed partial class PlanServerlessAssets
{
    /// <summary>What <see cref="CollectServerlessAssets"/> found.</summary>
    public ITaskItem[] Assets { get; set; } = [];
}
