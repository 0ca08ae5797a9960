namespace Serverless.Assets.Settings;

/// <summary>The settings of a run against the service, as a user wrote them: nothing is validated yet.</summary>
public sealed record ServiceSettings
{
    public const int DefaultRequestTimeoutSeconds = 60;
    public const int DefaultTimeoutSeconds = 1800;

    /// <summary>Shape: <c>ZS</c> and 32 hexadecimal digits.</summary>
    public string? ServiceSid { get; init; }

    /// <summary>Unique name of the Service, used when there is no SID.</summary>
    public string? ServiceName { get; init; }

    /// <summary>Whether a Service of that name is created when there is none.</summary>
    public bool CreateService { get; init; }

    /// <summary>Unique name of the Environment whose live Build counts, else its domain suffix.</summary>
    public string Environment { get; init; } = "dev";

    /// <summary>Such as <c>ie1</c>; unset: <c>TWILIO_REGION</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Such as <c>dublin</c>; unset: <c>TWILIO_EDGE</c>, else the one that belongs to the region.</summary>
    public string? Edge { get; init; }

    /// <summary>Origin of the REST API; unset: Twilio's, with region and edge.</summary>
    public string? ApiBaseUrl { get; init; }

    /// <summary>Origin of the upload endpoint; unset: Twilio's, with region and edge.</summary>
    public string? UploadBaseUrl { get; init; }

    /// <summary>Id of the .NET user secrets in which credentials are looked for after the environment.</summary>
    public string? UserSecretsId { get; init; }

    /// <summary>Whether the profiles of the Twilio CLI are looked in after everything else: not in a build, which must not depend on who logged in last.</summary>
    public bool UseTwilioCliProfiles { get; init; }

    /// <summary>Name of the profile of the Twilio CLI to use; null: the active one.</summary>
    public string? TwilioCliProfile { get; init; }

    /// <summary>The service is the local emulator, which takes a well-known user: no credentials are looked up.</summary>
    public bool UseEmulator { get; init; }

    /// <summary>Folder of the upload state; full path.</summary>
    public required string StatePath { get; init; }

    /// <summary>Where the manifest goes; full path.</summary>
    public required string ManifestPath { get; init; }

    /// <summary>Ceiling on requests in flight; 0: none but the service's own.</summary>
    public int MaxConcurrency { get; init; }

    /// <summary>Seconds that a request may go without progress.</summary>
    public int RequestTimeoutSeconds { get; init; } = DefaultRequestTimeoutSeconds;

    /// <summary>Seconds for the whole job.</summary>
    public int TimeoutSeconds { get; init; } = DefaultTimeoutSeconds;

    /// <summary>Folder of the project: git is asked there, and paths in the manifest are relative to it. Full path.</summary>
    public required string ProjectDirectory { get; init; }
}
