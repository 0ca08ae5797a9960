using Serverless.Assets.Deployment;
using Serverless.Assets.Mapping;
using Serverless.Assets.StaticWebAssets;
using Serverless.Assets.Validation;

namespace Serverless.Assets.Settings;

/// <summary>
/// All settings. To add one, add a field here and a line to the item <c>_ServerlessAssetsSetting</c> in the targets.
/// The option, the key of the config file and the validation follow; a test says what is missing in the documentation.
/// </summary>
internal static class SettingTable
{
    /// <summary>30 days. A timer accepts at most 49.7 days.</summary>
    private const int MaxSeconds = 30 * 24 * 60 * 60;

    private const SettingCommands AnyCommand = SettingCommands.All;
    private const SettingCommands Collecting = SettingCommands.Collecting;
    private const SettingCommands Mapped = SettingCommands.Mapping;
    private const SettingCommands Building = SettingCommands.Plan | SettingCommands.Build | SettingCommands.Deploy;
    private const SettingCommands Connected = SettingCommands.Connected;
    private const SettingCommands MSBuildOnly = SettingCommands.None;

    private static readonly List<Setting> List = [];

    /// <summary>Every setting, in the order of the fields below, followed by <see cref="VersionSettings"/>.</summary>
    public static IReadOnlyList<Setting> All => field ??= [.. List, .. VersionSettings.All];

    // Files and mapping
    public static readonly ListSetting Patterns = Add(
        new ListSetting("Patterns", Collecting, "globs of the files to include", "**/*") { IsMetadata = true }
    );
    public static readonly ListSetting ExcludePatterns = Add(
        new ListSetting("ExcludePatterns", Collecting, "globs of the files to exclude") { IsMetadata = true }
    );
    public static readonly TextSetting PathPrefix = Add(
        new TextSetting("PathPrefix", Collecting, "prefix of the URL paths", "/") { IsMetadata = true }
    );
    public static readonly TextSetting Visibility = Add(
        new TextSetting(
            "Visibility",
            Mapped,
            "public, protected or private for all files; unset: by file name, else public"
        )
        {
            Words = ["public", "protected", "private"], // the mapping rejects others and names the file
            IsMetadata = true,
        }
    );
    public static readonly SwitchSetting VisibilityFromFileName = Add(
        new SwitchSetting(
            "VisibilityFromFileName",
            Mapped,
            "whether .private. and .protected. in a file name set its visibility",
            defaultValue: true
        )
    );
    public static readonly ChoiceSetting<PathCharacters> PathCharacters = Add(
        new ChoiceSetting<PathCharacters>(
            "PathCharacters",
            Mapped,
            "Strict rejects white space in paths; Dash replaces it with dashes",
            Mapping.PathCharacters.Strict
        )
    );
    public static readonly ListSetting Allow = Add(
        new ListSetting("Allow", Mapped, "globs of files to publish although they may contain secrets")
    );
    public static readonly SwitchSetting RootIndex = Add(
        new SwitchSetting(
            "RootIndex",
            Collecting,
            "whether /index.html also goes to /assets/index.html, which the service answers / with",
            defaultValue: true
        )
    );

    public static readonly ChoiceSetting<ServiceLimits> ServiceLimits = Add(
        new ChoiceSetting<ServiceLimits>(
            "ServiceLimits",
            Mapped | SettingCommands.Build | SettingCommands.Deploy,
            "severity when a published limit on counts or sizes is exceeded: Error or Warn",
            Validation.ServiceLimits.Error
        )
    );

    // Published web projects
    public static readonly SwitchSetting FromPublish = Add(
        new SwitchSetting("FromPublish", MSBuildOnly, "upload the published wwwroot")
    );
    public static readonly SwitchSetting IncludeCompressed = Add(
        new SwitchSetting("IncludeCompressed", MSBuildOnly, "include the compressed copies in the published wwwroot")
    );
    public static readonly ChoiceSetting<FingerprintedPaths> FingerprintedPaths = Add(
        new ChoiceSetting<FingerprintedPaths>(
            "FingerprintedPaths",
            MSBuildOnly,
            "fingerprinted routes that become assets",
            StaticWebAssets.FingerprintedPaths.Referenced
        )
    );
    public static readonly ListSetting IndexPaths = Add(
        new ListSetting("IndexPaths", MSBuildOnly, "additional paths of the published index.html")
    );

    // Services and credentials
    public static readonly TextSetting ServiceSid = Add(
        new TextSetting("ServiceSid", Connected, "SID of the Service (ZS…)")
    );
    public static readonly TextSetting ServiceName = Add(
        new TextSetting("ServiceName", Connected, "unique name of the Service, used when no SID is set")
    );
    public static readonly SwitchSetting CreateService = Add(
        new SwitchSetting("CreateService", Connected, "create the named Service if it does not exist")
    );
    public static readonly ListSetting ServiceRules = Add(
        new ListSetting(
            "ServiceRules",
            SettingCommands.Connected & ~SettingCommands.Versions,
            "folders of the site that go to other Services, such as /audio/=my-audio"
        )
    );
    public static readonly TextSetting Environment = Add(
        new TextSetting("Environment", Connected, "unique name of the Environment, or its domain suffix", "dev")
    );
    public static readonly TextSetting Region = Add(
        new TextSetting("Region", Connected, "region, such as ie1; unset: TWILIO_REGION")
    );
    public static readonly TextSetting Edge = Add(
        new TextSetting("Edge", Connected, "edge, such as dublin; unset: TWILIO_EDGE")
    );
    public static readonly TextSetting ApiBaseUrl = Add(
        new TextSetting("ApiBaseUrl", Connected, "base URL of the REST API")
    );
    public static readonly TextSetting UploadBaseUrl = Add(
        new TextSetting("UploadBaseUrl", Connected, "base URL of the upload endpoint")
    );
    public static readonly TextSetting UserSecretsId = Add(
        new TextSetting("UserSecretsId", Connected, "ID of the .NET user secrets that hold the credentials")
        {
            Property = "UserSecretsId",
        }
    );
    public static readonly TextSetting Profile = Add(
        new TextSetting("Profile", Connected, "Twilio CLI profile that holds the credentials; unset: the active one")
        {
            Property = null,
        }
    );

    // Files that the run writes
    public static readonly PathSetting ManifestPath = Add(
        new PathSetting("ManifestPath", AnyCommand, "path of the manifest", "serverless-assets.manifest.json")
        {
            PropertyDefault = "$(OutDir)serverless-assets.manifest.json",
            Option = "--manifest",
            Aliases = ["--manifest-path"],
        }
    );
    public static readonly PathSetting StatePath = Add(
        new PathSetting("StatePath", Connected, "folder of the upload state", "obj/serverless-assets/")
        {
            PropertyDefault = "$(BaseIntermediateOutputPath)serverless-assets/",
        }
    );
    public static readonly TextSetting StateStore = Add(
        new TextSetting(
            "StateStore",
            Building | SettingCommands.Upload,
            "where uploads are remembered: file is this machine; site and redis://host:port are for other machines too",
            "file"
        )
    );
    public static readonly TextSetting StateScope = Add(
        new TextSetting("StateScope", Building | SettingCommands.Upload, "part of a Redis state that the run writes to")
        {
            IsConfigKey = false, // A pull request, which can change the file, would choose what it may write.
        }
    );
    public static readonly PathSetting SummaryPath = Add(
        new PathSetting("SummaryPath", AnyCommand, "Markdown file to append a summary to")
        {
            Option = "--summary",
            Aliases = ["--summary-path"],
        }
    );
    public static readonly PathSetting OutputsPath = Add(
        new PathSetting("OutputsPath", AnyCommand, "file to append name=value lines to")
        {
            Option = "--outputs",
            Aliases = ["--outputs-path"],
        }
    );
    public static readonly PathSetting ReportPath = Add(
        new PathSetting("ReportPath", AnyCommand, "HTML report to write")
        {
            Option = "--report",
            Aliases = ["--report-path"],
        }
    );
    public static readonly ListSetting NoWarn = Add(
        new ListSetting("NoWarn", AnyCommand, "codes of warnings to suppress, such as SAB2016") { Property = "NoWarn" }
    );

    // Limits
    public static readonly NumberSetting MaxConcurrency = Add(
        new NumberSetting(
            "MaxConcurrency",
            Connected,
            "maximum number of concurrent requests; 0: find the limit of the service",
            defaultValue: 0,
            min: 0
        )
    );
    public static readonly NumberSetting RequestTimeout = Add(
        new NumberSetting(
            "RequestTimeout",
            Connected,
            "seconds that a request may go without progress",
            60,
            1,
            MaxSeconds
        )
    );
    public static readonly NumberSetting Timeout = Add(
        new NumberSetting("Timeout", Connected, "seconds for the whole run", defaultValue: 1800, min: 1, MaxSeconds)
    );

    // Builds and deployments
    public static readonly TextSetting DomainSuffix = Add(
        new TextSetting(
            "DomainSuffix",
            SettingCommands.Deploy | SettingCommands.Promote,
            "domain suffix of a new Environment; unset: its name; -: none"
        )
    );
    public static readonly ChoiceSetting<UnlistedAssetPolicy> OtherAssets = Add(
        new ChoiceSetting<UnlistedAssetPolicy>(
            "OtherAssets",
            Building,
            "Keep or Remove deployed assets that the manifest does not list; KeepFor removes them after a number of days",
            UnlistedAssetPolicy.Keep
        )
    );
    public static readonly NumberSetting KeepDays = Add(
        new NumberSetting("KeepDays", Building, "days for which KeepFor keeps assets", 7, min: 1, max: 3650)
    );
    public static readonly TextSetting Runtime = Add(
        new TextSetting(
            "Runtime",
            SettingCommands.Build | SettingCommands.Deploy,
            "Node.js runtime of the Build, such as node22; unset: that of the deployed Build"
        )
    );
    public static readonly SwitchSetting Verify = Add(
        new SwitchSetting(
            "Verify",
            SettingCommands.Deploy,
            "fetch the site after the deployment, compare it with the manifest and roll back if it differs"
        )
    );
    public static readonly TextSetting RollbackTo = Add(
        new TextSetting(
            "RollbackTo",
            SettingCommands.Rollback,
            "SID of the Build to roll back to; unset: the previous one"
        )
        {
            Option = "--build",
            IsConfigKey = false,
        }
    );
    public static readonly TextSetting PromoteFrom = Add(
        new TextSetting(
            "PromoteFrom",
            SettingCommands.Promote,
            "unique name of the Environment whose deployed Build to use"
        )
        {
            Property = null,
            Option = "--from",
            IsConfigKey = false,
        }
    );
    public static readonly AgeSetting PruneOlderThan = Add(
        new AgeSetting(
            "PruneOlderThan",
            SettingCommands.Prune,
            "minimum age of what is deleted, such as 14d or 36h: since the last upload to an Asset or deployment of a preview",
            defaultDays: 7
        )
        {
            Option = "--older-than",
        }
    );
    public static readonly NumberSetting PruneKeepBuilds = Add(
        new NumberSetting(
            "PruneKeepBuilds",
            SettingCommands.Prune,
            "number of the newest Builds whose Assets are kept, so that they can be deployed again",
            defaultValue: 5,
            min: 0
        )
        {
            Option = "--keep-builds",
        }
    );
    public static readonly NumberSetting PruneMaxDelete = Add(
        new NumberSetting(
            "PruneMaxDelete",
            SettingCommands.Prune,
            "number of Assets or previews above which nothing is deleted; unset: no limit",
            defaultValue: int.MaxValue,
            min: 0
        )
        {
            HasDefaultText = false,
            Option = "--max-delete",
        }
    );
    public static readonly SwitchSetting PrunePreviews = Add(
        new SwitchSetting("PrunePreviews", SettingCommands.Prune, "delete abandoned previews instead of Assets")
        {
            Option = "--previews",
            IsConfigKey = false,
        }
    );
    public static readonly ListSetting PreviewEnvironments = Add(
        new ListSetting(
            "PreviewEnvironments",
            SettingCommands.Collecting | SettingCommands.Prune,
            "unique names of the Environments that are previews; * matches any characters",
            "pr-*;mr-*;preview-*"
        )
    );
    public static readonly SwitchSetting Yes = Add(
        new SwitchSetting(
            "Yes",
            SettingCommands.Prune | SettingCommands.Remove,
            "delete without asking for confirmation"
        )
        {
            IsConfigKey = false,
        }
    );

    // Emulator
    public static readonly SwitchSetting Emulator = Add(
        new SwitchSetting(
            "Emulator",
            Connected,
            "run against a local emulator that stops with the command; no account is needed"
        )
    );
    public static readonly PathSetting EmulatorData = Add(
        new PathSetting("EmulatorData", Connected, "folder of the emulator's data")
    );

    // MSBuild
    public static readonly SwitchSetting Enabled = Add(
        new SwitchSetting("Enabled", MSBuildOnly, "whether the package does anything", defaultValue: true)
    );
    public static readonly ChoiceSetting<BuildHook> UploadOn = Add(
        new ChoiceSetting<BuildHook>("UploadOn", MSBuildOnly, "the build step that uploads", BuildHook.Publish)
    );
    public static readonly ChoiceSetting<BuildHook> DeployOn = Add(
        new ChoiceSetting<BuildHook>("DeployOn", MSBuildOnly, "the build step that deploys", BuildHook.None)
    );
    public static readonly SwitchSetting Required = Add(
        new SwitchSetting("Required", MSBuildOnly, "whether missing credentials fail the build", defaultValue: true)
    );
    public static readonly SwitchSetting UseManifest = Add(
        new SwitchSetting("UseManifest", MSBuildOnly, "build and deploy an existing manifest without uploading")
    );
    public static readonly SwitchSetting CleanState = Add(
        new SwitchSetting("CleanState", MSBuildOnly, "whether dotnet clean deletes the upload state")
    );
    public static readonly SwitchSetting GenerateConstants = Add(
        new SwitchSetting("GenerateConstants", MSBuildOnly, "generate C# constants for the asset paths")
    );
    public static readonly TextSetting ConstantsClass = Add(
        new TextSetting("ConstantsClass", MSBuildOnly, "class of the constants", "Assets")
    );
    public static readonly TextSetting ConstantsNamespace = Add(
        new TextSetting("ConstantsNamespace", MSBuildOnly, "namespace of the constants")
        {
            PropertyDefault = "$(RootNamespace)",
        }
    );

    private static T Add<T>(T setting)
        where T : Setting
    {
        List.Add(setting);
        return setting;
    }
}
