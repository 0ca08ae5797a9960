using Serverless.Assets.State;

namespace Serverless.Assets.Planning;

/// <summary>What is to be done with an asset.</summary>
/// <param name="Remembered">The upload that serves again; null: it is to be uploaded.</param>
internal sealed record PlannedAsset(HashedAsset Asset, RememberedUpload? Remembered)
{
    public PlannedAction Action => Remembered is null ? PlannedAction.Upload : PlannedAction.Unchanged;
}
