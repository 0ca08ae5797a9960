namespace Serverless.Assets.Mapping;

/// <summary>Who can access an asset through its URL.</summary>
public enum AssetVisibility
{
    /// <summary>Everyone.</summary>
    Public,

    /// <summary>Requests with a valid <c>X-Twilio-Signature</c>. All others receive status 403.</summary>
    Protected,

    /// <summary>No request. Only Functions of the same Build can read the file.</summary>
    Private,
}

/// <summary>Converts an <see cref="AssetVisibility"/> to and from text.</summary>
internal static class AssetVisibilities
{
    /// <summary>The value in requests to the service.</summary>
    public static string ToWireValue(this AssetVisibility visibility) =>
        visibility switch
        {
            AssetVisibility.Public => "public",
            AssetVisibility.Protected => "protected",
            AssetVisibility.Private => "private",
            _ => throw new ArgumentOutOfRangeException(nameof(visibility), visibility, null),
        };

    /// <summary>Ignores letter case: some responses of the service are in upper case.</summary>
    /// <returns>Null if the text is not a visibility.</returns>
    public static AssetVisibility? Parse(string text) =>
        text.ToUpperInvariant() switch
        {
            "PUBLIC" => AssetVisibility.Public,
            "PROTECTED" => AssetVisibility.Protected,
            "PRIVATE" => AssetVisibility.Private,
            _ => null,
        };
}
