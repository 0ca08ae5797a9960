using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Settings;

/// <summary>The settings of a run that connects to the service. Valid by construction.</summary>
internal sealed record ValidatedServiceSettings
{
    /// <summary>SID or unique name: the URLs of the service accept both.</summary>
    public required string ServiceSidOrName { get; init; }

    /// <summary>Null: the settings name the Service by its unique name.</summary>
    public Sid? ServiceSid => Sid.TryParse(ServiceSidOrName, SidKind.Service, out var sid) ? sid : null;

    public required bool CreateService { get; init; }

    public required string Environment { get; init; }

    public required ServiceOrigins Endpoints { get; init; }

    public required TwilioCredentials Credentials { get; init; }

    /// <summary>Null: the limit of the service applies.</summary>
    public required int? MaxConcurrency { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary>Full path of the folder of the upload state.</summary>
    public required string StatePath { get; init; }

    public required StateStore StateStore { get; init; }

    /// <summary>Null unless <see cref="StateStore"/> is <see cref="StateStore.Redis"/>.</summary>
    public required RedisStore? Redis { get; init; }

    /// <summary>Runs in other Environments do not use the state files of previews.</summary>
    public required PreviewEnvironments Previews { get; init; }

    /// <summary>Full path; the upload state names files relative to it.</summary>
    public required string ProjectDirectory { get; init; }
}

/// <summary>Turns <see cref="SettingValues"/> into <see cref="ValidatedServiceSettings"/>.</summary>
internal static class ServiceSettingsValidator
{
    /// <param name="problems">
    /// Receives everything that is wrong, beginning with the values that the table rejects.
    /// </param>
    /// <param name="isServiceElsewhere">
    /// Whether something else names the Service if no setting does, which is not a problem then.
    /// </param>
    /// <returns>Null if <paramref name="problems"/> has an error, or nothing names the Service.</returns>
    public static ValidatedServiceSettings? Validate(
        SettingValues settings,
        EngineContext context,
        DiagnosticBag problems,
        bool isServiceElsewhere = false
    )
    {
        problems.AddRange(settings.FindProblems());
        var environment = DeploymentSettingsValidator.ReadEnvironment(settings, problems);
        var isNamedElsewhere = isServiceElsewhere && !settings.NamesService;
        if (!isNamedElsewhere)
        {
            settings = EmulatorDefaults.Apply(settings);
        }

        var service = isNamedElsewhere ? null : ReadService(settings, problems);
        var missing = new DiagnosticBag();
        var credentials = settings.Get(SettingTable.Emulator)
            ? TwilioCredentials.Emulator
            : CredentialLookup.Find(context.GetEnvironmentVariable, settings, missing);
        var endpoints = OriginsValidator.Validate(settings, credentials, context.GetEnvironmentVariable, problems);
        problems.AddRange(missing);
        var store = StateStoreSetting.Read(settings, problems);
        var redis =
            store == StateStore.Redis ? RedisStore.Read(settings, context.GetEnvironmentVariable, problems) : null;
        if (service is null || endpoints is null || credentials is null || problems.HasErrors)
        {
            return null;
        }

        var maxConcurrency = settings.Get(SettingTable.MaxConcurrency);
        return new ValidatedServiceSettings
        {
            ServiceSidOrName = service,
            CreateService = settings.Get(SettingTable.CreateService) && !settings.IsGiven(SettingTable.ServiceSid),
            Environment = environment,
            Endpoints = endpoints,
            Credentials = credentials,
            MaxConcurrency = maxConcurrency == 0 ? null : maxConcurrency,
            RequestTimeout = TimeSpan.FromSeconds(settings.Get(SettingTable.RequestTimeout)),
            Timeout = TimeSpan.FromSeconds(settings.Get(SettingTable.Timeout)),
            StatePath = settings.StatePath,
            StateStore = store,
            Redis = redis,
            Previews = PreviewEnvironments.From(settings),
            ProjectDirectory = settings.Project.Directory,
        };
    }

    private static string? ReadService(SettingValues settings, DiagnosticBag problems)
    {
        if (settings.Get(SettingTable.ServiceSid) is { Length: > 0 } sid)
        {
            if (Sid.IsValid(sid, SidKind.Service))
            {
                return sid;
            }

            problems.Add(ConfigurationDiagnostics.MalformedServiceSid(LogSanitizer.HideSecret(sid)));
            return null;
        }

        var name = settings.Get(SettingTable.ServiceName);
        if (name.Length == 0)
        {
            problems.Add(ConfigurationDiagnostics.NoService());
            return null;
        }

        if (!ArgumentRules.IsServiceName(name))
        {
            problems.Add(ConfigurationDiagnostics.MalformedServiceName(name, ArgumentRules.MaxServiceName));
            return null;
        }

        return name;
    }
}
