namespace Serverless.Assets.StaticWebAssets;

/// <summary>What a publish of a web project made, to be collected beside, or without, other sources.</summary>
internal sealed record PublishedSite
{
    /// <summary>The published <c>wwwroot</c>, full path.</summary>
    public required string Folder { get; init; }

    /// <summary>The SDK's list of routes, <c>….staticwebassets.endpoints.json</c>, full path. There may be no such file.</summary>
    public string EndpointsFile { get; init; } = "";

    /// <summary>Whether compressed copies (<c>site.css.br</c> beside <c>site.css</c>) are taken.</summary>
    public bool IncludeCompressed { get; init; }

    public FingerprintedPaths FingerprintedPaths { get; init; }

    /// <summary>URL paths where the folder's <c>index.html</c> answers too.</summary>
    public IReadOnlyList<string> IndexPaths { get; init; } = [];

    /// <summary>Whether it is no mistake when <see cref="Folder"/> does not exist.</summary>
    public bool IsOptional { get; init; }
}
