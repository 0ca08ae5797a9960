namespace Serverless.Assets.Deployment;

/// <summary>A complete Build.</summary>
/// <param name="IsReused">One of the same contents existed.</param>
internal sealed record MadeBuild(string Sid, bool IsReused);
