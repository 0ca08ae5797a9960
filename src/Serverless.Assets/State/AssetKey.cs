namespace Serverless.Assets.State;

/// <summary>Where an Asset is: one of this path in the Service.</summary>
internal sealed record AssetKey(string AccountSid, string ServiceSid, string Path)
{
    public static AssetKey Of(StateKey key) => new(key.AccountSid, key.ServiceSid, key.Path);
}
