using System.CommandLine;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>Which service and how: the properties of the MSBuild package as options.</summary>
internal sealed class ServiceSettingsOptions
{
    private const string DefaultEnvironment = "dev";
    private const string DefaultStatePath = "obj/serverless-assets/";

    private readonly Option<string> _serviceSid = Texts.One("--service-sid", "SID of the Service (ZS…)");
    private readonly Option<string> _serviceName = Texts.One(
        "--service-name",
        "Unique name of the Service, when there is no SID"
    );
    private readonly Option<bool> _createService = new("--create-service")
    {
        Description = "Create the Service of that name when there is none",
    };
    private readonly Option<string> _environment = Texts.One(
        "--environment",
        $"Environment that is meant: its unique name, else its domain suffix (default {DefaultEnvironment})"
    );
    private readonly Option<string> _region = Texts.One("--region", "Such as ie1 (default TWILIO_REGION)");
    private readonly Option<string> _edge = Texts.One("--edge", "Such as dublin (default TWILIO_EDGE)");
    private readonly Option<string> _apiBaseUrl = Texts.One(
        "--api-base-url",
        "Origin of the REST API (default https://serverless.twilio.com)"
    );
    private readonly Option<string> _uploadBaseUrl = Texts.One(
        "--upload-base-url",
        "Origin of the upload endpoint (default https://serverless-upload.twilio.com)"
    );
    private readonly Option<string> _userSecretsId = Texts.One(
        "--user-secrets-id",
        "Id of .NET user secrets that hold the credentials"
    );
    private readonly Option<string> _profile = Texts.One(
        "--profile",
        "Profile of the Twilio CLI that holds the credentials (default: the active one)"
    );
    private readonly ManifestOption _manifest = new();
    private readonly Option<string> _statePath = Texts.One(
        "--state-path",
        $"Folder of the upload state (default {DefaultStatePath} in the project)"
    );
    private readonly Option<int> _maxConcurrency = Choice.Number(
        "--max-concurrency",
        "Ceiling on requests in flight (0: the service's own limit)",
        0
    );
    private readonly Option<int> _requestTimeout = Choice.Number(
        "--request-timeout",
        "Seconds that a request may go without progress",
        ServiceSettings.DefaultRequestTimeoutSeconds
    );
    private readonly Option<int> _timeout = Choice.Number(
        "--timeout",
        "Seconds for the whole job",
        ServiceSettings.DefaultTimeoutSeconds
    );

    public void AddTo(Command command)
    {
        foreach (
            Option option in (Option[])
                [
                    _serviceSid,
                    _serviceName,
                    _createService,
                    _environment,
                    _region,
                    _edge,
                    _apiBaseUrl,
                    _uploadBaseUrl,
                    _userSecretsId,
                    _profile,
                    _statePath,
                    _maxConcurrency,
                    _requestTimeout,
                    _timeout,
                ]
        )
        {
            command.Options.Add(option);
        }

        _manifest.AddTo(command);
    }

    public ServiceSettings Read(OptionValues values, string projectDirectory) =>
        new()
        {
            ServiceSid = values.GetValue(_serviceSid),
            ServiceName = values.GetValue(_serviceName),
            CreateService = values.GetValue(_createService),
            Environment = ValueOr(DefaultEnvironment, values.GetValue(_environment)),
            Region = values.GetValue(_region),
            Edge = values.GetValue(_edge),
            ApiBaseUrl = values.GetValue(_apiBaseUrl),
            UploadBaseUrl = values.GetValue(_uploadBaseUrl),
            UserSecretsId = values.GetValue(_userSecretsId),
            UseTwilioCliProfiles = true,
            TwilioCliProfile = values.GetValue(_profile) is { Length: > 0 } profile ? profile : null,
            ManifestPath = _manifest.Path(values, projectDirectory),
            StatePath = Path.GetFullPath(ValueOr(DefaultStatePath, values.GetValue(_statePath)), projectDirectory),
            MaxConcurrency = values.GetValue(_maxConcurrency),
            RequestTimeoutSeconds = values.GetValue(_requestTimeout),
            TimeoutSeconds = values.GetValue(_timeout),
            ProjectDirectory = projectDirectory,
        };

    /// <summary>Whether the Environment was named, and is not the default.</summary>
    public bool NamesEnvironment(OptionValues values) => values.IsGiven(_environment);

    /// <summary>An empty value is no value, as an empty property of MSBuild is one that is not set.</summary>
    private static string ValueOr(string defaultValue, string? value) =>
        string.IsNullOrEmpty(value) ? defaultValue : value;
}
