using System.CommandLine;
using Serverless.Assets.Configuration;

namespace Serverless.Assets.Cli.Options;

/// <summary>Which service and how: the properties of the MSBuild package as options.</summary>
internal sealed class ServiceSettingsOptions
{
    private const string DefaultEnvironment = "dev";
    private const string DefaultStatePath = "obj/serverless-assets/";

    private readonly Option<string> _serviceSid = Texts.One("--service-sid", "SID of the Service (ZS…)");
    private readonly Option<string> _serviceName = Texts.One("--service-name", "Unique name of the Service, when there is no SID");
    private readonly Option<bool> _createService = new("--create-service") { Description = "Create the Service of that name when there is none" };
    private readonly Option<string> _environment = Texts.One("--environment", $"Environment that is meant: its unique name, else its domain suffix (default {DefaultEnvironment})");
    private readonly Option<string> _region = Texts.One("--region", "Such as ie1 (default TWILIO_REGION)");
    private readonly Option<string> _edge = Texts.One("--edge", "Such as dublin (default TWILIO_EDGE)");
    private readonly Option<string> _apiBaseUrl = Texts.One("--api-base-url", "Origin of the REST API (default https://serverless.twilio.com)");
    private readonly Option<string> _uploadBaseUrl = Texts.One("--upload-base-url", "Origin of the upload endpoint (default https://serverless-upload.twilio.com)");
    private readonly Option<string> _userSecretsId = Texts.One("--user-secrets-id", "Id of .NET user secrets that hold the credentials");
    private readonly ManifestOption _manifest = new();
    private readonly Option<string> _statePath = Texts.One("--state-path", $"Folder of the upload state (default {DefaultStatePath} in the project)");
    private readonly Option<int> _maxConcurrency = Choice.Number("--max-concurrency", "Ceiling on requests in flight (0: the service's own limit)", 0);
    private readonly Option<int> _requestTimeout = Choice.Number("--request-timeout", "Seconds that a request may go without progress", ServiceSettings.DefaultRequestTimeoutSeconds);
    private readonly Option<int> _timeout = Choice.Number("--timeout", "Seconds for the whole job", ServiceSettings.DefaultTimeoutSeconds);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_serviceSid, _serviceName, _createService, _environment, _region, _edge, _apiBaseUrl, _uploadBaseUrl, _userSecretsId, _statePath, _maxConcurrency, _requestTimeout, _timeout])
        {
            command.Options.Add(option);
        }

        _manifest.AddTo(command);
    }

    public ServiceSettings Read(ParseResult parsed, string projectDirectory) => new()
    {
        ServiceSid = parsed.GetValue(_serviceSid),
        ServiceName = parsed.GetValue(_serviceName),
        CreateService = parsed.GetValue(_createService),
        Environment = ValueOr(DefaultEnvironment, parsed.GetValue(_environment)),
        Region = parsed.GetValue(_region),
        Edge = parsed.GetValue(_edge),
        ApiBaseUrl = parsed.GetValue(_apiBaseUrl),
        UploadBaseUrl = parsed.GetValue(_uploadBaseUrl),
        UserSecretsId = parsed.GetValue(_userSecretsId),
        ManifestPath = _manifest.Path(parsed, projectDirectory),
        StatePath = Path.GetFullPath(ValueOr(DefaultStatePath, parsed.GetValue(_statePath)), projectDirectory),
        MaxConcurrency = parsed.GetValue(_maxConcurrency),
        RequestTimeoutSeconds = parsed.GetValue(_requestTimeout),
        TimeoutSeconds = parsed.GetValue(_timeout),
        ProjectDirectory = projectDirectory,
    };

    /// <summary>Whether the Environment was named, and is not the default.</summary>
    public bool NamesEnvironment(ParseResult parsed) => !string.IsNullOrEmpty(parsed.GetValue(_environment));

    /// <summary>An empty value is no value, as an empty property of MSBuild is one that is not set.</summary>
    private static string ValueOr(string defaultValue, string? value) => string.IsNullOrEmpty(value) ? defaultValue : value;
}
