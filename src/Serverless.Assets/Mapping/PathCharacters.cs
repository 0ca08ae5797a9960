namespace Serverless.Assets.Mapping;

/// <summary>What to do with a file whose name does not fit into a URL path.</summary>
internal enum PathCharacters
{
    /// <summary>It is an error that names the file.</summary>
    Strict,

    /// <summary>White space becomes a dash, as the public Node toolkit does; the rest is an error.</summary>
    Dash,
}
