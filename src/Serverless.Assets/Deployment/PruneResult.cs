namespace Serverless.Assets.Deployment;

/// <summary>Assets that nothing live holds, and whether they are gone now.</summary>
/// <param name="Assets">Names (paths) and SIDs, sorted by name.</param>
/// <param name="IsDeleted">False: there were none, or they were only shown.</param>
public sealed record PruneResult(IReadOnlyList<(string Name, string Sid)> Assets, bool IsDeleted);
