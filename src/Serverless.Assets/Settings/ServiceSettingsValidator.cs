using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>Turns <see cref="ServiceSettings"/> into <see cref="ValidatedServiceSettings"/>, and collects all that is wrong with them.</summary>
internal static partial class ServiceSettingsValidator
{
    /// <summary>The service's limit on a Service's unique name.</summary>
    public const int MaxServiceNameLength = 50;

    /// <returns>Null when <paramref name="problems"/> got an error.</returns>
    public static ValidatedServiceSettings? Read(
        ServiceSettings settings,
        EngineContext context,
        DiagnosticBag problems
    )
    {
        var service = ReadService(settings, problems);
        var findings = new DiagnosticBag();
        var credentials = settings.UseEmulator
            ? TwilioCredentials.Emulator
            : CredentialLookup.Find(context.Environment, settings, findings);
        var endpoints = EndpointsValidator.Validate(settings, credentials, context.Environment, problems);
        CheckNumber(SettingTable.MaxConcurrency, settings.MaxConcurrency, problems);
        CheckNumber(SettingTable.RequestTimeout, settings.RequestTimeoutSeconds, problems);
        CheckNumber(SettingTable.Timeout, settings.TimeoutSeconds, problems);
        problems.AddRange(findings);

        if (service is null || endpoints is null || credentials is null || problems.HasErrors)
        {
            return null;
        }

        return new ValidatedServiceSettings
        {
            ServiceSidOrName = service,
            CreateService = settings.CreateService && string.IsNullOrEmpty(settings.ServiceSid),
            Environment = settings.Environment,
            Endpoints = endpoints,
            Credentials = credentials,
            MaxConcurrency = settings.MaxConcurrency == 0 ? null : settings.MaxConcurrency,
            RequestTimeout = TimeSpan.FromSeconds(settings.RequestTimeoutSeconds),
            Timeout = TimeSpan.FromSeconds(settings.TimeoutSeconds),
        };
    }

    private static string? ReadService(ServiceSettings settings, DiagnosticBag problems)
    {
        if (!string.IsNullOrEmpty(settings.ServiceSid))
        {
            if (Sid.IsValid(settings.ServiceSid, SidKind.Service))
            {
                return settings.ServiceSid;
            }

            problems.Add(ConfigurationDiagnostics.MalformedServiceSid(settings.ServiceSid));
            return null;
        }

        if (string.IsNullOrEmpty(settings.ServiceName))
        {
            problems.Add(ConfigurationDiagnostics.NoService());
            return null;
        }

        if (settings.ServiceName.Length > MaxServiceNameLength || !UniqueName().IsMatch(settings.ServiceName))
        {
            problems.Add(ConfigurationDiagnostics.MalformedServiceName(settings.ServiceName, MaxServiceNameLength));
            return null;
        }

        return settings.ServiceName;
    }

    private static void CheckNumber(NumberSetting setting, int value, DiagnosticBag problems)
    {
        if (value < setting.Least || value > setting.Most)
        {
            problems.Add(ConfigurationDiagnostics.InvalidSetting(setting, $"{value}"));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex UniqueName();
}
