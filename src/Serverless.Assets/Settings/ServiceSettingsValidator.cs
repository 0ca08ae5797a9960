using System.Text.RegularExpressions;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>Turns <see cref="ServiceSettings"/> into <see cref="ValidatedServiceSettings"/>, and collects all that is wrong with them.</summary>
internal static partial class ServiceSettingsValidator
{
    /// <summary>The service's limit on a Service's unique name.</summary>
    public const int MaxServiceNameLength = 50;

    /// <summary>30 days; a timer can't count much further.</summary>
    private const int MaxSeconds = 30 * 24 * 60 * 60;

    /// <returns>Null when <paramref name="problems"/> got an error.</returns>
    public static ValidatedServiceSettings? Read(
        ServiceSettings settings,
        EngineContext context,
        List<Diagnostic> problems
    )
    {
        var service = ReadService(settings, problems);
        var findings = new List<Diagnostic>();
        var credentials = settings.UseEmulator
            ? TwilioCredentials.Emulator
            : CredentialLookup.Find(context.Environment, settings, findings);
        var endpoints = EndpointsValidator.Validate(settings, credentials, context.Environment, problems);
        CheckNumber(
            nameof(settings.MaxConcurrency),
            settings.MaxConcurrency,
            0,
            int.MaxValue,
            "of at least 0",
            problems
        );
        CheckNumber(
            "RequestTimeout",
            settings.RequestTimeoutSeconds,
            1,
            MaxSeconds,
            $"from 1 to {MaxSeconds}",
            problems
        );
        CheckNumber("Timeout", settings.TimeoutSeconds, 1, MaxSeconds, $"from 1 to {MaxSeconds}", problems);
        problems.AddRange(findings);

        if (
            service is null
            || endpoints is null
            || credentials is null
            || problems.Any(p => p.Severity == DiagnosticSeverity.Error)
        )
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

    private static string? ReadService(ServiceSettings settings, List<Diagnostic> problems)
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

    private static void CheckNumber(
        string setting,
        int value,
        int least,
        int most,
        string range,
        List<Diagnostic> problems
    )
    {
        if (value < least || value > most)
        {
            problems.Add(
                ConfigurationDiagnostics.InvalidSetting(
                    $"ServerlessAssets{setting}",
                    $"{value}",
                    $"a whole number {range}"
                )
            );
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex UniqueName();
}
