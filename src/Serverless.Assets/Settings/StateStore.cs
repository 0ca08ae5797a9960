using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>Where uploads are remembered.</summary>
internal enum StateStore
{
    /// <summary>In the upload state of this machine.</summary>
    File,

    /// <summary>Also in a state file that each deployment adds to the site.</summary>
    Site,

    /// <summary>Also in a <see cref="RedisStore"/>, for machines that upload at the same time.</summary>
    Redis,
}

/// <summary>Reads <see cref="SettingTable.StateStore"/>.</summary>
internal static class StateStoreSetting
{
    public const string Expected = "file, site, redis://host:port or rediss://host:port";

    /// <param name="problems">
    /// Receives an error for an unknown store, and for one that does not support what other settings need.
    /// </param>
    public static StateStore Read(SettingValues settings, DiagnosticBag problems)
    {
        var text = settings.Get(SettingTable.StateStore);
        StateStore? store = text.ToUpperInvariant() switch
        {
            "FILE" => StateStore.File,
            "SITE" => StateStore.Site,
            _ when RedisStore.IsUrl(text) => StateStore.Redis,
            _ => null,
        };
        if (store is null)
        {
            problems.Add(ConfigurationDiagnostics.InvalidSetting(SettingTable.StateStore, Describe(text), Expected));
        }
        else if (store != StateStore.Site && settings.Get(SettingTable.OtherAssets) == UnlistedAssetPolicy.KeepFor)
        {
            problems.Add(ConfigurationDiagnostics.KeepForNeedsSite(Describe(text)));
        }

        return store ?? StateStore.File;
    }

    /// <summary>
    /// Describes a value in a message that says what is wrong with it. A password can be anywhere in a URL, so only the
    /// scheme is shown.
    /// </summary>
    public static string Describe(string value) =>
        value.IndexOf(':', StringComparison.Ordinal) is >= 0 and var end
            ? $"{LogSanitizer.HideSecret(value[..end])}:…"
            : LogSanitizer.HideSecret(value);
}
