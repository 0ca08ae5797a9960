namespace Serverless.Assets.StaticWebAssets;

/// <summary>Which routes become assets of their own whose file has another name than the route.</summary>
internal enum FingerprintedPaths
{
    /// <summary>Those that a page, a style sheet or a script of the site names.</summary>
    Referenced,

    /// <summary>All, for pages that a server elsewhere makes.</summary>
    All,

    None,
}
