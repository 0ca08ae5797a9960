using System.CommandLine;
using Serverless.Assets.Configuration;

namespace Serverless.Assets.Cli.Options;

/// <summary>Which service and how: the properties of the MSBuild package as options.</summary>
internal sealed class ServiceSettingsOptions
{
    private const string DefaultEnvironment = "dev";
    private const string DefaultStatePath = "obj/serverless-assets/";
    private const string DefaultManifestPath = "serverless-assets.manifest.json";

    private readonly Option<string> _serviceSid = Text("--service-sid", "SID of the Service (ZS…)");
    private readonly Option<string> _serviceName = Text("--service-name", "Unique name of the Service, when there is no SID");
    private readonly Option<bool> _createService = new("--create-service") { Description = "Create the Service of that name when there is none" };
    private readonly Option<string> _environment = Text("--environment", $"Environment whose live Build counts (default {DefaultEnvironment})");
    private readonly Option<string> _region = Text("--region", "Such as ie1 (default TWILIO_REGION)");
    private readonly Option<string> _edge = Text("--edge", "Such as dublin (default TWILIO_EDGE)");
    private readonly Option<string> _apiBaseUrl = Text("--api-base-url", "Origin of the REST API (default https://serverless.twilio.com)");
    private readonly Option<string> _uploadBaseUrl = Text("--upload-base-url", "Origin of the upload endpoint (default https://serverless-upload.twilio.com)");
    private readonly Option<string> _userSecretsId = Text("--user-secrets-id", "Id of .NET user secrets that hold the credentials");
    private readonly Option<string> _manifest = new("--manifest", "--manifest-path") { Description = $"Where the manifest goes (default {DefaultManifestPath} in the project)" };
    private readonly Option<string> _statePath = Text("--state-path", $"Folder of the upload state (default {DefaultStatePath} in the project)");
    private readonly Option<int> _maxConcurrency = Choice.Number("--max-concurrency", "Ceiling on requests in flight (0: the service's own limit)", 0);
    private readonly Option<int> _requestTimeout = Choice.Number("--request-timeout", "Seconds that a request may go without progress", ServiceSettings.DefaultRequestTimeoutSeconds);
    private readonly Option<int> _timeout = Choice.Number("--timeout", "Seconds for the whole job", ServiceSettings.DefaultTimeoutSeconds);

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_serviceSid, _serviceName, _createService, _environment, _region, _edge, _apiBaseUrl, _uploadBaseUrl, _userSecretsId, _manifest, _statePath, _maxConcurrency, _requestTimeout, _timeout])
        {
            command.Options.Add(option);
        }
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
        ManifestPath = Path.GetFullPath(ValueOr(DefaultManifestPath, parsed.GetValue(_manifest)), projectDirectory),
        StatePath = Path.GetFullPath(ValueOr(DefaultStatePath, parsed.GetValue(_statePath)), projectDirectory),
        MaxConcurrency = parsed.GetValue(_maxConcurrency),
        RequestTimeoutSeconds = parsed.GetValue(_requestTimeout),
        TimeoutSeconds = parsed.GetValue(_timeout),
        ProjectDirectory = projectDirectory,
    };

    /// <summary>An empty value is no value, as an empty property of MSBuild is one that is not set.</summary>
    private static string ValueOr(string defaultValue, string? value) => string.IsNullOrEmpty(value) ? defaultValue : value;

    private static Option<string> Text(string name, string description) => new(name) { Description = description };
}
