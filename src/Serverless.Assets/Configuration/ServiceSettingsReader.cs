using System.Text.RegularExpressions;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Configuration;

/// <summary>Turns <see cref="ServiceSettings"/> into <see cref="ServiceOptions"/>, and collects all that is wrong with them.</summary>
internal static partial class ServiceSettingsReader
{
    /// <summary>The service's limit on a Service's unique name.</summary>
    public const int MaxServiceNameLength = 50;

    /// <returns>Null when <paramref name="problems"/> got an error.</returns>
    public static ServiceOptions? Read(ServiceSettings settings, AssetHost host, List<Diagnostic> problems)
    {
        var service = ReadService(settings, problems);
        var endpoints = ApiEndpointsReader.Read(settings, host.Environment, problems);
        CheckAtLeast(nameof(settings.MaxConcurrency), settings.MaxConcurrency, 0, problems);
        CheckAtLeast("RequestTimeout", settings.RequestTimeoutSeconds, 1, problems);
        CheckAtLeast("Timeout", settings.TimeoutSeconds, 1, problems);
        var credentials = settings.UseEmulator
            ? TwilioCredentials.OfEmulator
            : CredentialLookup.Find(host.Environment, settings.UserSecretsId, problems);

        if (service is null || endpoints is null || credentials is null || problems.Any(p => p.Severity == DiagnosticSeverity.Error))
        {
            return null;
        }

        return new ServiceOptions
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

    private static string? ReadService(ServiceSettings settings, List<Diagnostic> problems)
    {
        if (!string.IsNullOrEmpty(settings.ServiceSid))
        {
            if (Sid.IsValid(settings.ServiceSid, Sid.Service))
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

    private static void CheckAtLeast(string setting, int value, int least, List<Diagnostic> problems)
    {
        if (value < least)
        {
            problems.Add(ConfigurationDiagnostics.InvalidSetting($"ServerlessAssets{setting}", $"{value}", $"a whole number of at least {least}"));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex UniqueName();
}
