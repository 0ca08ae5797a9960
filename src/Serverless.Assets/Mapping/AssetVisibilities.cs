namespace Serverless.Assets.Mapping;

/// <summary>Visibilities as text.</summary>
internal static class AssetVisibilities
{
    /// <summary>As the service takes it.</summary>
    public static string ToWireValue(this AssetVisibility visibility) =>
        visibility switch
        {
            AssetVisibility.Public => "public",
            AssetVisibility.Protected => "protected",
            AssetVisibility.Private => "private",
            _ => throw new ArgumentOutOfRangeException(nameof(visibility), visibility, null),
        };

    /// <summary>In any case, as the service writes it in upper case at some places and users in title case.</summary>
    /// <returns>Null for any other text.</returns>
    public static AssetVisibility? Parse(string text) =>
        text.ToUpperInvariant() switch
        {
            "PUBLIC" => AssetVisibility.Public,
            "PROTECTED" => AssetVisibility.Protected,
            "PRIVATE" => AssetVisibility.Private,
            _ => null,
        };
}
