namespace Serverless.Assets.CodeGeneration;

/// <summary>Where the constants go, and how their class is named.</summary>
public sealed record ConstantsSettings
{
    /// <summary>Full path of the C# file.</summary>
    public required string OutputFile { get; init; }

    /// <summary>Empty: none.</summary>
    public string Namespace { get; init; } = "";

    public string ClassName { get; init; } = "Assets";

    /// <summary>Full path. The result of a deployment beside it tells the address of the site.</summary>
    public required string ManifestPath { get; init; }
}
