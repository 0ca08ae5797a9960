using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;

namespace Serverless.Assets.Settings;

/// <summary>Reads <see cref="SettingTable.ServiceRules"/>: <c>/audio/=my-audio;/images/=ZS…</c>.</summary>
internal static class ServiceRulesReader
{
    /// <param name="problems">Receives everything that is wrong with the rules.</param>
    /// <returns>
    /// The valid rules. Those that name the default Service, which can send a part of a folder back to it, have none.
    /// </returns>
    public static ServiceRules Read(SettingValues settings, DiagnosticBag problems)
    {
        var named = EmulatorDefaults.Apply(settings);
        string[] defaults = [named.Get(SettingTable.ServiceSid), named.Get(SettingTable.ServiceName)];
        var rules = new List<ServiceRule>();
        var ofPrefix = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var services = defaults
            .Where(service => service.Length > 0)
            .ToDictionary(service => service, StringComparer.OrdinalIgnoreCase);
        foreach (var text in settings.Get(SettingTable.ServiceRules))
        {
            if (TryParse(text, problems) is not var (prefix, service))
            {
                continue;
            }

            if (!ofPrefix.TryAdd(prefix, text))
            {
                problems.Add(ConfigurationDiagnostics.RepeatedServiceRule(text, ofPrefix[prefix]));
            }
            else if (!services.TryAdd(service, service) && services[service] != service)
            {
                // Their manifests would have the same name on a file system that ignores the letter case.
                problems.Add(ConfigurationDiagnostics.ServicesDifferOnlyInCase(service, services[service]));
            }
            else
            {
                rules.Add(new ServiceRule(prefix, defaults.Contains(service) ? null : service));
            }
        }

        return new ServiceRules(rules);
    }

    private static (string Prefix, string Service)? TryParse(string text, DiagnosticBag problems)
    {
        // A path can contain an equals sign, the name of a Service can't.
        var separator = text.LastIndexOf('=');
        var folder = text[..Math.Max(separator, 0)].TrimEnd();
        var service = text[(separator + 1)..].TrimStart();
        var isPath = folder == "/" || AssetPath.Check(TrimSlash(folder)) == AssetPathErrors.None;
        var isService = ArgumentRules.IsServiceName(service) || Sid.IsValid(service, SidKind.Service);
        if (separator >= 0 && isPath && isService)
        {
            return (TrimSlash(folder) + "/", service);
        }

        problems.Add(
            ConfigurationDiagnostics.MalformedServiceRule(
                separator < 0 ? LogSanitizer.HideSecret(text) : $"{folder}={LogSanitizer.HideSecret(service)}",
                separator < 0 ? RuleError.NoService
                    : !isPath ? RuleError.Folder
                    : RuleError.Service
            )
        );
        return null;
    }

    private static string TrimSlash(string folder) => folder.EndsWith('/') ? folder[..^1] : folder;
}

/// <summary>What is wrong with a rule.</summary>
internal enum RuleError
{
    NoService,
    Folder,
    Service,
}
