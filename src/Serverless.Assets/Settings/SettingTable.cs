using Serverless.Assets.Deployment;
using Serverless.Assets.Mapping;
using Serverless.Assets.StaticWebAssets;

namespace Serverless.Assets.Settings;

/// <summary>
/// All settings. To add one, add a line here and one to the item <c>_ServerlessAssetsSetting</c> in the targets; the
/// option, the key of the config file, the validation and the tables of the documentation follow.
/// </summary>
internal static class SettingTable
{
    /// <summary>30 days: the longest time that a timer counts reliably.</summary>
    private const int MaxSeconds = 30 * 24 * 60 * 60;

    // Files and mapping
    public static readonly ListSetting Patterns = new("Patterns", "globs of the files to include", "**/*")
    {
        Property = null,
        Commands = SettingCommands.Collecting,
    };
    public static readonly ListSetting ExcludePatterns = new("ExcludePatterns", "globs of the files to exclude")
    {
        Property = null,
        Commands = SettingCommands.Collecting,
    };
    public static readonly TextSetting PathPrefix = new("PathPrefix", "prefix of the URL paths", "/")
    {
        Property = null,
        Commands = SettingCommands.Collecting,
    };
    public static readonly TextSetting Visibility = new(
        "Visibility",
        "public, protected or private for all files; unset: by file name, else public"
    )
    {
        Property = null,
        Commands = SettingCommands.Collecting,
    };
    public static readonly SwitchSetting VisibilityFromFileName = new(
        "VisibilityFromFileName",
        "whether .private. and .protected. in a file name set its visibility",
        defaultValue: true
    )
    {
        Commands = SettingCommands.Collecting,
    };
    public static readonly ChoiceSetting<PathCharacters> PathCharacters = new(
        "PathCharacters",
        "Strict rejects white space in paths; Dash replaces it with dashes",
        Mapping.PathCharacters.Strict
    )
    {
        Commands = SettingCommands.Collecting,
    };
    public static readonly ListSetting Allow = new("Allow", "globs of files that the secret guard lets through")
    {
        Commands = SettingCommands.Collecting,
    };

    // Published web projects
    public static readonly SwitchSetting FromPublish = new("FromPublish", "upload the published wwwroot");
    public static readonly SwitchSetting IncludeCompressed = new(
        "IncludeCompressed",
        "include the compressed copies in the published wwwroot"
    );
    public static readonly ChoiceSetting<FingerprintedPaths> FingerprintedPaths = new(
        "FingerprintedPaths",
        "fingerprinted routes that become assets",
        StaticWebAssets.FingerprintedPaths.Referenced
    );
    public static readonly ListSetting IndexPaths = new(
        "IndexPaths",
        "additional paths of the published index.html",
        "/assets/index.html"
    );

    // Service and credentials
    public static readonly TextSetting ServiceSid = new("ServiceSid", "SID of the Service (ZS…)")
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly TextSetting ServiceName = new(
        "ServiceName",
        "unique name of the Service, used when no SID is set"
    )
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly SwitchSetting CreateService = new(
        "CreateService",
        "create the named Service if it does not exist"
    )
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly TextSetting Environment = new(
        "Environment",
        "unique name of the Environment, or its domain suffix",
        "dev"
    )
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly TextSetting Region = new("Region", "region, such as ie1; unset: TWILIO_REGION")
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly TextSetting Edge = new("Edge", "edge, such as dublin; unset: TWILIO_EDGE")
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly TextSetting ApiBaseUrl = new("ApiBaseUrl", "origin of the REST API")
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly TextSetting UploadBaseUrl = new("UploadBaseUrl", "origin of the upload endpoint")
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly TextSetting UserSecretsId = new(
        "UserSecretsId",
        "ID of the .NET user secrets that hold the credentials"
    )
    {
        Property = "UserSecretsId",
        Commands = SettingCommands.Connected,
    };
    public static readonly TextSetting Profile = new(
        "Profile",
        "Twilio CLI profile that holds the credentials; unset: the active one"
    )
    {
        Property = null,
        Commands = SettingCommands.Connected,
    };

    // Files that the run writes
    public static readonly PathSetting ManifestPath = new("ManifestPath", "path of the manifest")
    {
        Option = "--manifest",
        Aliases = ["--manifest-path"],
        Commands = SettingCommands.All,
    };
    public static readonly PathSetting StatePath = new("StatePath", "folder of the upload state")
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly PathSetting SummaryPath = new("SummaryPath", "Markdown file to append a summary to")
    {
        Option = "--summary",
        Aliases = ["--summary-path"],
        Commands = SettingCommands.All,
    };
    public static readonly PathSetting OutputsPath = new("OutputsPath", "file to append name=value lines to")
    {
        Option = "--outputs",
        Aliases = ["--outputs-path"],
        Commands = SettingCommands.All,
    };
    public static readonly PathSetting ReportPath = new("ReportPath", "HTML report to write")
    {
        Option = "--report",
        Aliases = ["--report-path"],
        Commands = SettingCommands.All,
    };
    public static readonly ListSetting NoWarn = new("NoWarn", "codes of warnings to suppress, such as SAB2016")
    {
        Property = "NoWarn",
        Commands = SettingCommands.All,
    };

    // Limits
    public static readonly NumberSetting MaxConcurrency = new(
        "MaxConcurrency",
        "ceiling on requests in flight; 0: find the limit of the service",
        defaultValue: 0,
        least: 0
    )
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly NumberSetting RequestTimeout = new(
        "RequestTimeout",
        "seconds that a request may go without progress",
        defaultValue: 60,
        least: 1,
        MaxSeconds
    )
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly NumberSetting Timeout = new(
        "Timeout",
        "seconds for the whole run",
        defaultValue: 1800,
        least: 1,
        MaxSeconds
    )
    {
        Commands = SettingCommands.Connected,
    };

    // Builds and deployments
    public static readonly TextSetting DomainSuffix = new(
        "DomainSuffix",
        "domain suffix of a new Environment; unset: its name; -: none"
    )
    {
        Commands = SettingCommands.Deploy | SettingCommands.Promote,
    };
    public static readonly ChoiceSetting<UnlistedAssetPolicy> OtherAssets = new(
        "OtherAssets",
        "Keep or Remove deployed assets that the manifest does not list",
        UnlistedAssetPolicy.Keep
    )
    {
        Commands = SettingCommands.Plan | SettingCommands.Build | SettingCommands.Deploy,
    };
    public static readonly TextSetting Runtime = new(
        "Runtime",
        "Node.js runtime of the Build, such as node22; unset: that of the deployed Build"
    )
    {
        Commands = SettingCommands.Build | SettingCommands.Deploy,
    };
    public static readonly SwitchSetting Verify = new(
        "Verify",
        "fetch the site after the deployment, compare it with the manifest and roll back if it differs"
    )
    {
        Commands = SettingCommands.Deploy,
    };
    public static readonly TextSetting RollbackTo = new(
        "RollbackTo",
        "SID of the Build to roll back to; unset: the previous one"
    )
    {
        Option = "--build",
        IsConfigKey = false,
        Commands = SettingCommands.Rollback,
    };
    public static readonly SwitchSetting Yes = new("Yes", "delete without asking for confirmation")
    {
        IsConfigKey = false,
        Commands = SettingCommands.Prune | SettingCommands.Remove,
    };

    // Emulator
    public static readonly SwitchSetting Emulator = new(
        "Emulator",
        "run against a local emulator that stops with the command; no account is needed"
    )
    {
        Commands = SettingCommands.Connected,
    };
    public static readonly PathSetting EmulatorData = new("EmulatorData", "folder of the emulator's data")
    {
        Commands = SettingCommands.Connected,
    };

    // MSBuild
    public static readonly SwitchSetting Enabled = new(
        "Enabled",
        "whether the package does anything",
        defaultValue: true
    );
    public static readonly ChoiceSetting<BuildHook> UploadOn = new(
        "UploadOn",
        "the build step that uploads",
        BuildHook.Publish
    );
    public static readonly ChoiceSetting<BuildHook> DeployOn = new(
        "DeployOn",
        "the build step that deploys",
        BuildHook.None
    );
    public static readonly SwitchSetting Required = new(
        "Required",
        "whether missing credentials fail the build",
        defaultValue: true
    );
    public static readonly SwitchSetting UseManifest = new(
        "UseManifest",
        "build and deploy an existing manifest without uploading"
    );
    public static readonly SwitchSetting CleanState = new(
        "CleanState",
        "whether dotnet clean deletes the upload state"
    );
    public static readonly SwitchSetting GenerateConstants = new(
        "GenerateConstants",
        "generate C# constants for the asset paths"
    );
    public static readonly TextSetting ConstantsClass = new("ConstantsClass", "class of the constants", "Assets");
    public static readonly TextSetting ConstantsNamespace = new("ConstantsNamespace", "namespace of the constants");

    /// <summary>Every setting, in the order of the documentation.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        Patterns,
        ExcludePatterns,
        PathPrefix,
        Visibility,
        VisibilityFromFileName,
        PathCharacters,
        Allow,
        FromPublish,
        IncludeCompressed,
        FingerprintedPaths,
        IndexPaths,
        ServiceSid,
        ServiceName,
        CreateService,
        Environment,
        Region,
        Edge,
        ApiBaseUrl,
        UploadBaseUrl,
        UserSecretsId,
        Profile,
        ManifestPath,
        StatePath,
        SummaryPath,
        OutputsPath,
        ReportPath,
        NoWarn,
        MaxConcurrency,
        RequestTimeout,
        Timeout,
        DomainSuffix,
        OtherAssets,
        Runtime,
        Verify,
        RollbackTo,
        Yes,
        Emulator,
        EmulatorData,
        Enabled,
        UploadOn,
        DeployOn,
        Required,
        UseManifest,
        CleanState,
        GenerateConstants,
        ConstantsClass,
        ConstantsNamespace,
    ];
}

/// <summary>The build step that a hook runs after.</summary>
internal enum BuildHook
{
    None,
    Publish,
    Build,
}
