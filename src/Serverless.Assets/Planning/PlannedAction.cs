namespace Serverless.Assets.Planning;

public enum PlannedAction
{
    /// <summary>There is no Asset Version of this content yet.</summary>
    Upload,

    /// <summary>An earlier run uploaded it, and the service still has it.</summary>
    Unchanged,
}
