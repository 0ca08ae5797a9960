using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB1xxx: settings and credentials. Each code and message is defined only here.</summary>
internal static class ConfigurationDiagnostics
{
    public static Diagnostic NoCredentials(string sources) =>
        Diagnostic.Error(
            "SAB1001",
            $"No credentials found. Sources searched: {sources}. Set TWILIO_API_KEY and TWILIO_API_SECRET "
                + $"(or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN) in the environment."
        );

    /// <param name="kind">Such as <c>API key</c>.</param>
    /// <param name="format">See <see cref="SidKind.Format"/>.</param>
    public static Diagnostic MalformedCredential(string name, string kind, string format) =>
        Diagnostic.Error(
            "SAB1002",
            $"{name} is not a valid {kind} SID: expected {format}. "
                + $"Its value is not shown because it may be a secret. Check that you copied the right value."
        );

    public static Diagnostic MalformedServiceSid(string value) =>
        Diagnostic.Error(
            "SAB1003",
            $"{SettingTable.ServiceSid} '{value}' is not a valid Service SID: expected {SidKind.Service.Format}. "
                + $"Copy the SID from the Twilio Console, or set {SettingTable.ServiceName} instead."
        );

    public static Diagnostic NoService() =>
        Diagnostic.Error(
            "SAB1004",
            $"No Service is specified. Set {SettingTable.ServiceSid} to the SID of the Service (ZS…), or "
                + $"{SettingTable.ServiceName} to its unique name "
                + $"(with {SettingTable.CreateService.SetTo(true)} to create the Service if it does not exist)."
        );

    public static Diagnostic MalformedServiceName(string value, int limit) =>
        Diagnostic.Error(
            "SAB1005",
            $"{SettingTable.ServiceName} '{value}' ({value.Length} characters) is not a valid unique name: "
                + $"expected at most {limit} letters, digits and dashes. Choose the name with care: "
                + $"the unique name of a Service can't be changed later."
        );

    public static Diagnostic MalformedBaseUrl(Setting setting, string value) =>
        Diagnostic.Error(
            "SAB1006",
            $"{setting} '{value}' is not a valid base URL: expected https://host, or http:// with a loopback address, "
                + $"without a path, query or user name."
        );

    /// <param name="source">The setting, or the variable or the profile that replaces it.</param>
    public static Diagnostic MalformedRegion(SanitizedText source, string value) =>
        Diagnostic.Error(
            "SAB1007",
            $"{source} '{value}' is not valid: expected letters, digits and dashes, "
                + $"such as us1 or ie1 for a region, and ashburn or dublin for an edge."
        );

    public static Diagnostic UnsupportedRegion(string region) =>
        Diagnostic.Warning(
            "SAB1008",
            $"Twilio Serverless is not available in region '{region}', according to the Twilio documentation. "
                + $"Set {SettingTable.Region} to us1 or ie1."
        );

    /// <param name="expected">The format of a valid value; null means the setting's own description.</param>
    public static Diagnostic InvalidSetting(Setting setting, string value, string? expected = null) =>
        Diagnostic.Error("SAB1009", $"{setting} '{value}' is not valid: expected {expected ?? setting.Expected}.");

    public static Diagnostic EmulatorFailed(string command, string reason) =>
        Diagnostic.Error(
            "SAB1011",
            $"The emulator did not start: {reason}. Start it yourself to see its full output ({command})."
        );

    public static Diagnostic UnreadableUserSecrets(string file, string reason) =>
        Diagnostic.Error(
            "SAB1012",
            $"The project's user secrets '{file}' can't be read: {reason}. "
                + $"Correct the file, or set the credentials in the environment.",
            file
        );

    public static Diagnostic EnvironmentIsLogged() =>
        Diagnostic.Warning(
            "SAB1013",
            $"MSBUILDLOGALLENVIRONMENTVARIABLES is set, so MSBuild writes all environment variables, including "
                + $"credentials, to logs and binary logs. Unset it for this build."
        );

    public static Diagnostic MalformedEnvironmentName(string name, int limit) =>
        Diagnostic.Error(
            "SAB1014",
            $"{SettingTable.Environment} '{name}' ({name.Length} characters) is not a valid Environment name: "
                + $"expected at most {limit} letters, digits and dashes, with a letter or digit at both ends."
        );

    public static Diagnostic MalformedDomainSuffix(string suffix, int limit) =>
        Diagnostic.Error(
            "SAB1015",
            $"The domain suffix '{suffix}' ({suffix.Length} characters) is not valid: expected at most {limit} "
                + $"letters, digits and dashes, with a letter or digit at both ends. Set {SettingTable.DomainSuffix} "
                + $"('-' for none), or shorten {SettingTable.Environment}, which is the default suffix."
        );

    public static Diagnostic UnreadableTwilioCliProfiles(string file, string reason) =>
        Diagnostic.Error(
            "SAB1020",
            $"The Twilio CLI profiles in '{file}' can't be read: {reason}. "
                + $"Run 'twilio login' to create the profile again, or set the credentials in the environment.",
            file
        );

    public static Diagnostic NoTwilioCliProfile(string name, string file, string known) =>
        Diagnostic.Error(
            "SAB1021",
            $"The Twilio CLI has no profile '{name}' (profiles in {file}: {known}). "
                + $"Select another with {SettingTable.Profile.Option}, or run 'twilio login' to create it."
        );

    public static Diagnostic ProfileWithoutSecret(string name, string file) =>
        Diagnostic.Error(
            "SAB1022",
            $"The Twilio CLI profile '{name}' has no key and secret in {file}. Earlier versions of the Twilio CLI "
                + $"store them in the system keychain, which this tool does not read. Update the Twilio CLI and run "
                + $"'twilio login' again, or set TWILIO_API_KEY and TWILIO_API_SECRET in the environment."
        );

    public static Diagnostic ProfileNotUsed(string name, string source) =>
        Diagnostic.Warning(
            "SAB1023",
            $"The Twilio CLI profile '{name}' is not used, because {source} is set and takes precedence. "
                + $"Unset {source} to use the profile."
        );

    public static Diagnostic UnreadableConfig(string file, int line, string reason) =>
        Diagnostic.Error(
            "SAB1024",
            $"The config file '{file}' can't be read: {reason} (line {line}). "
                + $"Correct it, or select another file with --config.",
            file
        ) with
        {
            Line = line,
        };

    public static Diagnostic UnknownConfigKey(string file, int line, string key, string? nearest) =>
        Diagnostic.Error(
            "SAB1025",
            nearest is null
                ? (SanitizedText)(
                    $"Unknown key '{key}' in '{file}' (line {line}). "
                    + $"Remove it. The keys are the names of the options in camelCase, such as serviceName."
                )
                : $"Unknown key '{key}' in '{file}' (line {line}). Did you mean '{nearest}'?",
            file
        ) with
        {
            Line = line,
        };

    public static Diagnostic WrongConfigValue(string file, int line, string key, string expected, string found) =>
        Diagnostic.Error(
            "SAB1026",
            $"'{key}' in '{file}' (line {line}) is not valid: expected {expected}, found {found}.",
            file
        ) with
        {
            Line = line,
        };

    public static Diagnostic SecretInConfig(string file, int line, string key) =>
        Diagnostic.Error(
            "SAB1027",
            $"'{key}' in '{file}' (line {line}) looks like a credential, which must not be in a config file. Remove "
                + $"it, and set TWILIO_API_KEY and TWILIO_API_SECRET in the environment, or use .NET user secrets "
                + $"(userSecretsId) or a Twilio CLI profile (profile). If the file was shared, revoke the key.",
            file
        ) with
        {
            Line = line,
        };

    public static Diagnostic DuplicateConfigKey(string file, int line, string key) =>
        Diagnostic.Error("SAB1028", $"Duplicate key '{key}' in '{file}' (line {line}). Remove one of them.", file) with
        {
            Line = line,
        };

    /// <param name="variable">The environment variable that can name the same URL.</param>
    public static Diagnostic UntrustedBaseUrl(string file, string key, string url, Setting setting, string variable) =>
        Diagnostic.Error(
            "SAB1032",
            $"'{key}' in '{file}' would send your credentials to '{url}'. A config file can come from "
                + $"someone else, so it can only name hosts of Twilio (*.twilio.com) and this machine. To use another "
                + $"host, set {setting} on the command line or the environment variable {variable}.",
            file
        );

    /// <param name="key">The key in the config file, such as <c>report</c> or <c>folders[0]</c>.</param>
    public static Diagnostic ConfigPathOutside(string file, int line, string key, string path, string project) =>
        Diagnostic.Error(
            "SAB1033",
            $"'{key}' in '{file}' (line {line}) is '{path}', which is outside the project '{project}'. A config "
                + $"file can come from someone else, so it can only name files and folders of the project. Name the "
                + $"path on the command line instead.",
            file
        ) with
        {
            Line = line,
        };

    public static Diagnostic ConfigAllowsSecret(string file, string asset, Visibility visibility) =>
        Diagnostic.Error(
            "SAB1034",
            $"'{asset}' looks like a secret and would be {visibility.ToWireValue()}. 'allow' in '{file}' does not "
                + $"apply to it, because a config file can come from someone else. To publish the file, set "
                + $"{SettingTable.Allow} on the command line.",
            file
        );

    public static Diagnostic SingleBaseUrl(Setting given, Setting missing) =>
        Diagnostic.Error(
            "SAB1035",
            $"{given} is set, but {missing} is not, so some requests and your credentials would still go to Twilio. "
                + $"Set both, or neither."
        );

    /// <param name="limit">The files that a process may have open.</param>
    public static Diagnostic OpenFileLimitTooLow(long limit, long minimum) =>
        Diagnostic.Error(
            "SAB1036",
            $"A process may have only {limit} files open (ulimit -n), and the tool needs {minimum}. Raise the limit of "
                + $"this shell, for example with 'ulimit -n 1024'."
        );

    /// <param name="link">Full path of a link, or of a file or folder below one.</param>
    public static Diagnostic OutputLinkLeadsOut(string link, string target, string project, Setting setting) =>
        Diagnostic.Error(
            "SAB1037",
            $"'{link}' would be written, but a symbolic link leads from there to '{target}', outside the project "
                + $"'{project}' or in its folder .git. A link can come from someone else. Remove it, or set {setting} "
                + $"to another path.",
            link
        );

    public static Diagnostic KeepForNeedsSite(string store) =>
        Diagnostic.Error(
            "SAB1040",
            $"{SettingTable.OtherAssets.SetTo(UnlistedAssetPolicy.KeepFor)} needs the times at which assets left the "
                + $"manifest, which {SettingTable.StateStore} '{store}' does not record. Set "
                + $"{SettingTable.StateStore.SetTo("site")}."
        );

    public static Diagnostic OutputsCollide(Setting setting, string path, Setting other) =>
        Diagnostic.Error(
            "SAB1038",
            $"{setting} is '{path}', which is also {other}. Nothing is written there. Set one of them to another path.",
            path
        );

    /// <param name="reason">What the path is, such as <c>the config file</c>.</param>
    public static Diagnostic OutputNotAllowed(Setting setting, string path, string reason) =>
        Diagnostic.Error(
            "SAB1039",
            $"{setting} is '{path}', which is {reason}. Nothing is written there. Set it to another path.",
            path
        );

    /// <summary>The URL is not quoted, because it contains a password.</summary>
    public static Diagnostic CredentialsInStateStore(string userVariable, string passwordVariable) =>
        Diagnostic.Error(
            "SAB1041",
            $"The URL of {SettingTable.StateStore} contains a user or a password. Remove them from the URL, and set the "
                + $"environment variables {userVariable} and {passwordVariable}."
        );

    /// <param name="variable">The environment variable that can name the same URL.</param>
    public static Diagnostic UntrustedStateStore(string file, string url, string variable) =>
        Diagnostic.Error(
            "SAB1042",
            $"'stateStore' in '{file}' would let the server '{url}' decide what is published. A config file can come from "
                + $"someone else, so it can only name a Redis server on this machine. To use another one, set "
                + $"{SettingTable.StateStore} on the command line or the environment variable {variable}.",
            file
        );

    public static Diagnostic MalformedServiceRule(string rule, RuleError error) =>
        Diagnostic.Error(
            "SAB1045",
            $"The rule '{rule}' in {SettingTable.ServiceRules} is not valid: {error switch
            {
                RuleError.NoService => "it has no equals sign",
                RuleError.Folder => "its folder is not an absolute path on the site",
                _ => "its Service is neither a unique name nor a SID",
            }}. Expected the path of a folder and a Service, such as /audio/=my-audio. A unique name has at most "
                + $"{ArgumentRules.MaxServiceName} letters, digits and dashes."
        );

    public static Diagnostic RepeatedServiceRule(string rule, string other) =>
        Diagnostic.Error(
            "SAB1046",
            $"The rules '{rule}' and '{other}' in {SettingTable.ServiceRules} are for the same folder, or for folders "
                + $"that differ only in letter case. Remove one of them."
        );

    public static Diagnostic ServicesDifferOnlyInCase(string service, string other) =>
        Diagnostic.Error(
            "SAB1047",
            $"The Services '{service}' and '{other}' differ only in letter case, so their manifests would have the same "
                + $"name on some systems. Correct one of them in {SettingTable.ServiceRules}."
        );

    public static Diagnostic SameService(string serviceSid, string name, string other) =>
        Diagnostic.Error(
            "SAB1048",
            $"'{name}' and '{other}' are the same Service {serviceSid}, so each would replace what the other one deploys. "
                + $"Use the same name for it everywhere: in {SettingTable.ServiceRules}, {SettingTable.ServiceName} and "
                + $"{SettingTable.ServiceSid}."
        );

    public static Diagnostic RollbackNeedsOneService(string buildSid, int services) =>
        Diagnostic.Error(
            "SAB1049",
            $"{SettingTable.RollbackTo} is Build {buildSid}, which belongs to one Service, but "
                + $"{SettingTable.ServiceRules} names others, so there are {services}. Set {SettingTable.ManifestPath} to "
                + $"the manifest of its Service, or roll all of them back to their previous Builds."
        );
}
