using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>What a pruning found, or has deleted.</summary>
/// <param name="IsDeleted">
/// False if there was nothing to delete or the deletion was not confirmed. In the result of an operation that stopped
/// early, the result contains what was deleted by then.
/// </param>
internal abstract record PruneResult(Sid ServiceSid, bool IsDeleted) : OperationResult
{
    internal override Sid? Service => ServiceSid;

    /// <summary>The number of resources.</summary>
    internal abstract int Count { get; }

    /// <summary>What a resource is called, in the singular: <c>unused Asset</c>.</summary>
    internal abstract string Noun { get; }

    /// <summary>Lists the resources, one per line, to show before they are deleted.</summary>
    internal abstract IEnumerable<SanitizedText> Lines { get; }

    /// <summary>The number with the noun: <c>2 unused Assets</c>.</summary>
    internal string Quantity => Diagnostics.Quantity.Format(Count, Noun);
}

/// <summary>Assets that no live Build contains and the manifest does not list.</summary>
/// <param name="Assets">The names (paths) and SIDs, sorted by name.</param>
internal sealed record AssetPruneResult(Sid ServiceSid, IReadOnlyList<(string Name, Sid Sid)> Assets, bool IsDeleted)
    : PruneResult(ServiceSid, IsDeleted)
{
    internal override int Count => Assets.Count;

    internal override string Noun => "unused Asset";

    internal override IEnumerable<SanitizedText> Lines =>
        Assets.Select(asset => (SanitizedText)$"  unused  {asset.Sid}  {asset.Name}");
}

/// <summary>Previews to which nobody has deployed for a while.</summary>
/// <param name="Previews">Sorted by name.</param>
internal sealed record PreviewPruneResult(Sid ServiceSid, IReadOnlyList<AbandonedPreview> Previews, bool IsDeleted)
    : PruneResult(ServiceSid, IsDeleted)
{
    internal override int Count => Previews.Count;

    internal override string Noun => "abandoned preview";

    internal override IEnumerable<SanitizedText> Lines =>
        Previews.Select(preview =>
            (SanitizedText)$"  abandoned  {preview.Name}  {preview.Domain}  {preview.LastChange}"
        );
}

/// <summary>An Environment of a preview.</summary>
/// <param name="Name">Unique name.</param>
/// <param name="Domain">Host name of the site.</param>
/// <param name="WasDeployed">Whether anything was ever deployed to it.</param>
/// <param name="Date">The date of the newest Deployment, or that of its creation; null if it is unknown.</param>
/// <param name="Age">The time since; null if it is unknown.</param>
internal sealed record AbandonedPreview(
    string Name,
    Sid Sid,
    string Domain,
    bool WasDeployed,
    DateTimeOffset? Date,
    TimeSpan? Age
)
{
    /// <summary>When it last changed, such as <c>deployed 21 days ago</c>.</summary>
    public string LastChange
    {
        get
        {
            var time = Age switch
            {
                null => "at an unknown time",
                { TotalDays: >= 2 } age => $"{Quantity.Format((long)age.TotalDays, "day")} ago",
                { TotalHours: >= 1 } age => $"{Quantity.Format((long)age.TotalHours, "hour")} ago",
                _ => "less than an hour ago",
            };
            return WasDeployed ? $"deployed {time}" : $"created {time}, never deployed";
        }
    }
}
