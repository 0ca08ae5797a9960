using Serverless.Assets.Client;

namespace Serverless.Assets.Settings;

/// <summary>The part of the <see cref="SettingTable"/> that only the commands on Asset Versions accept.</summary>
internal static class VersionSettings
{
    private static readonly List<Setting> List = [];

    /// <summary>In the order of the fields below.</summary>
    public static IReadOnlyList<Setting> All => List;

    public static readonly AssetSetting Asset = Add(
        new AssetSetting("Asset", SettingCommands.Versions, "SID of the Asset (ZH…), or its path")
        {
            Property = null,
            IsConfigKey = false,
        }
    );
    public static readonly TextSetting VersionPath = Add(
        new TextSetting(
            "VersionPath",
            SettingCommands.VersionsCreate,
            "URL path of the Asset Version; unset: that of the Asset"
        )
        {
            Property = null,
            Option = "--path",
            IsConfigKey = false,
        }
    );
    public static readonly TextSetting VersionContentType = Add(
        new TextSetting(
            "VersionContentType",
            SettingCommands.VersionsCreate,
            "content type of the file; unset: by extension"
        )
        {
            Property = null,
            Option = "--content-type",
            IsConfigKey = false,
        }
    );
    public static readonly NumberSetting VersionLimit = Add(
        new NumberSetting(
            "VersionLimit",
            SettingCommands.VersionsList,
            "maximum number of Asset Versions; 0: all",
            defaultValue: 0,
            min: 0
        )
        {
            Property = null,
            Option = "--limit",
            IsConfigKey = false,
        }
    );
    public static readonly NumberSetting VersionPageSize = Add(
        new NumberSetting(
            "VersionPageSize",
            SettingCommands.VersionsList,
            "number of Asset Versions that one request returns",
            defaultValue: PageSizes.Max,
            min: 1,
            PageSizes.Max
        )
        {
            Property = null,
            Option = "--page-size",
            IsConfigKey = false,
        }
    );

    private static T Add<T>(T setting)
        where T : Setting
    {
        List.Add(setting);
        return setting;
    }
}
