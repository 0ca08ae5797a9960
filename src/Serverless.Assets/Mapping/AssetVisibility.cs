namespace Serverless.Assets.Mapping;

/// <summary>Who gets an asset by its URL.</summary>
public enum AssetVisibility
{
    /// <summary>Anyone.</summary>
    Public,

    /// <summary>Requests with a valid <c>X-Twilio-Signature</c>; others get 403.</summary>
    Protected,

    /// <summary>Nobody: it is packaged for Functions only.</summary>
    Private,
}
