using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary><c>--asset</c>, which every command on Asset Versions requires.</summary>
internal static class AssetOption
{
    public static void RequireAsset(this SettingOptions options)
    {
        options.Require(VersionSettings.Asset, VersionSettings.Asset.Expected);
        options.RejectInvalid(VersionSettings.Asset);
    }
}
