namespace Serverless.Assets.State;

/// <summary>An Asset Version that an earlier run made.</summary>
/// <param name="KnownAt">When it was uploaded, or last seen in a live Build.</param>
internal sealed record RememberedUpload(StateKey Key, string AssetSid, string AssetVersionSid, DateTimeOffset KnownAt);
