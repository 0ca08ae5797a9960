using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Manifest;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Services;

/// <summary>
/// The part of a project that one Service gets: an ordinary project for all other pipelines, with its own manifest.
/// </summary>
/// <param name="Service">Unique name or SID, from a rule; null: the default Service.</param>
/// <param name="Settings">The project's settings with this Service and its manifest, and without rules.</param>
internal sealed record ServicePart(string? Service, SettingValues Settings)
{
    /// <summary>Sorted by path (ordinal).</summary>
    public IReadOnlyList<LocalAsset> Assets { get; init; } = [];

    /// <summary>Whether there are no rules, so that the part is the whole project.</summary>
    public bool IsWholeProject { get; init; }

    /// <summary>Distinguishes the parts of a project; empty for the default Service.</summary>
    public string Key => Service ?? "";

    /// <summary>For messages: the unique name of the Service if a setting contains it, otherwise the SID.</summary>
    public string Name =>
        EmulatorDefaults.Apply(Settings) is var settings && settings.IsGiven(SettingTable.ServiceName)
            ? settings.Get(SettingTable.ServiceName)
        : settings.IsGiven(SettingTable.ServiceSid) ? settings.Get(SettingTable.ServiceSid)
        : "default";
}

/// <summary>Divides a project into the parts of its Services, with the default Service first.</summary>
internal static class ServiceParts
{
    /// <summary>
    /// Gets the parts of an operation that has collected the files. Parts without files are included, because an earlier
    /// run may have left a manifest.
    /// </summary>
    /// <exception cref="AssetException">The rules are not valid. The exception contains all problems.</exception>
    public static IReadOnlyList<ServicePart> WithAssets(SettingValues settings, IReadOnlyList<LocalAsset> assets)
    {
        var ofService = assets.ToLookup(asset => asset.Service, StringComparer.Ordinal);
        return
        [
            .. FromRules(settings)
                .Select(part => part with { Assets = part.IsWholeProject ? assets : [.. ofService[part.Service]] }),
        ];
    }

    /// <summary>
    /// Gets the parts of an operation on Services that exist. The default Service is among them if a setting names it or
    /// it has a manifest: with rules, it may not be needed.
    /// </summary>
    /// <inheritdoc cref="WithAssets"/>
    public static IReadOnlyList<ServicePart> Existing(SettingValues settings, IFileSystem files)
    {
        var parts = FromRules(settings);
        return parts is [{ Service: null }, _, ..] && !settings.NamesService && !files.Exists(settings.ManifestPath)
            ? [.. parts.Skip(1)]
            : parts;
    }

    /// <summary>Gets the full paths of the manifests of all parts. Rules that are not valid have none.</summary>
    public static IReadOnlyList<string> GetManifestPaths(SettingValues settings) =>
        [.. FromRules(settings, ServiceRulesReader.Read(settings, [])).Select(part => part.Settings.ManifestPath)];

    private static IReadOnlyList<ServicePart> FromRules(SettingValues settings)
    {
        var problems = new DiagnosticBag();
        var rules = ServiceRulesReader.Read(settings, problems);
        problems.ThrowIfErrors();
        return FromRules(settings, rules);
    }

    private static IReadOnlyList<ServicePart> FromRules(SettingValues settings, ServiceRules rules)
    {
        if (rules.All is [])
        {
            return [new ServicePart(Service: null, settings) { IsWholeProject = true }];
        }

        var main = new ServicePart(Service: null, settings.With(SettingTable.ServiceRules, null));
        var others = rules.Services.Select(service => new ServicePart(service, ForService(main.Settings, service)));

        // The path of one part's manifest selects this part.
        var selected = ManifestNames.FindService(settings.ManifestPath);
        return
            others.FirstOrDefault(part => part.Service!.Equals(selected, StringComparison.OrdinalIgnoreCase))
                is { } only
            ? [only with { Settings = only.Settings.With(SettingTable.ManifestPath, settings.ManifestPath) }]
            : [main, .. others];
    }

    private static SettingValues ForService(SettingValues settings, string service)
    {
        var isSid = Client.Sid.IsValid(service, Client.SidKind.Service);
        return settings
            .With(SettingTable.ServiceSid, isSid ? service : null)
            .With(SettingTable.ServiceName, isSid ? null : service)
            .With(SettingTable.ManifestPath, ManifestNames.GetPath(settings.ManifestPath, service));
    }
}
