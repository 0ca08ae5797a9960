using Serverless.Assets.Reporting;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>A task that has the settings of the service: inputs here, one line and an example each.</summary>
public abstract class ServiceTask : AssetTask
{
    /// <summary>SID of the Service: <c>ZS…</c>.</summary>
    public string ServiceSid { get; set; } = "";

    /// <summary>Unique name of the Service, when there is no SID: <c>my-app</c>.</summary>
    public string ServiceName { get; set; } = "";

    /// <summary>Whether a Service of that name is created when there is none.</summary>
    public bool CreateService { get; set; }

    /// <summary>Environment whose live Build counts: <c>dev</c>.</summary>
    public string EnvironmentName { get; set; } = "dev";

    /// <summary>Region: <c>ie1</c>; unset: <c>TWILIO_REGION</c>.</summary>
    public string Region { get; set; } = "";

    /// <summary>Edge: <c>dublin</c>; unset: <c>TWILIO_EDGE</c>.</summary>
    public string Edge { get; set; } = "";

    /// <summary>Origin of the REST API: <c>https://serverless.twilio.com</c>.</summary>
    public string ApiBaseUrl { get; set; } = "";

    /// <summary>Origin of the upload endpoint: <c>https://serverless-upload.twilio.com</c>.</summary>
    public string UploadBaseUrl { get; set; } = "";

    /// <summary>Id of the project's .NET user secrets; no secret itself.</summary>
    public string UserSecretsId { get; set; } = "";

    /// <summary>Whether the service is the local emulator.</summary>
    public bool UseEmulator { get; set; }

    /// <summary>Folder of the upload state, full path.</summary>
    public string StatePath { get; set; } = "";

    /// <summary>Where the manifest goes, full path.</summary>
    public string ManifestPath { get; set; } = "";

    /// <summary>Ceiling on requests in flight; 0: the service's own limit.</summary>
    public int MaxConcurrency { get; set; }

    /// <summary>Seconds that a request may go without progress: <c>60</c>.</summary>
    public int RequestTimeout { get; set; } = ServiceSettings.DefaultRequestTimeoutSeconds;

    /// <summary>Seconds for the whole job: <c>1800</c>.</summary>
    public int Timeout { get; set; } = ServiceSettings.DefaultTimeoutSeconds;

    /// <summary>Folder of the project, full path.</summary>
    public string ProjectDirectory { get; set; } = "";

    /// <summary>What <see cref="StartServerlessReport"/> left for the tasks of the same project.</summary>
    private protected override RunReporter? Reporter =>
        field ??= StartServerlessReport.Find(BuildEngine4, ManifestPath);

    private protected ServiceSettings ReadSettings() =>
        new()
        {
            ServiceSid = ServiceSid,
            ServiceName = ServiceName,
            CreateService = CreateService,
            Environment = EnvironmentName,
            Region = Region,
            Edge = Edge,
            ApiBaseUrl = ApiBaseUrl,
            UploadBaseUrl = UploadBaseUrl,
            UserSecretsId = UserSecretsId,
            UseEmulator = UseEmulator,
            StatePath = StatePath,
            ManifestPath = ManifestPath,
            MaxConcurrency = MaxConcurrency,
            RequestTimeoutSeconds = RequestTimeout,
            TimeoutSeconds = Timeout,
            ProjectDirectory = ProjectDirectory,
        };
}
