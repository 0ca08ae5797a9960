using Serverless.Assets.Settings;

namespace Serverless.Assets.Diagnostics;

/// <summary>SAB1xxx: settings and credentials. Each method holds the only copy of its code and text.</summary>
internal static class ConfigurationDiagnostics
{
    public static Diagnostic NoCredentials(string lookedFor) =>
        Diagnostic.Error(
            "SAB1001",
            $"No credentials found. Looked for {lookedFor}. Set TWILIO_API_KEY and TWILIO_API_SECRET (or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN) in the environment of the build."
        );

    public static Diagnostic MalformedCredential(string name, string expected) =>
        Diagnostic.Error(
            "SAB1002",
            $"{name} does not have the shape of one: expected {expected}. (Its value is not shown, as it may be a secret in the wrong place.) Check which value was copied into it."
        );

    public static Diagnostic MalformedServiceSid(string value) =>
        Diagnostic.Error(
            "SAB1003",
            $"{SettingTable.ServiceSid} '{value}' is not the SID of a Service: expected ZS and 32 hexadecimal digits. Copy it from the Service's page in the Twilio Console."
        );

    public static Diagnostic NoService() =>
        Diagnostic.Error(
            "SAB1004",
            $"No Service to upload to. Set {SettingTable.ServiceSid} to its ZS… SID, or {SettingTable.ServiceName} to its unique name (with {SettingTable.CreateService.SetTo(true)} it is created when missing)."
        );

    public static Diagnostic MalformedServiceName(string value, int limit) =>
        Diagnostic.Error(
            "SAB1005",
            $"{SettingTable.ServiceName} '{value}' ({value.Length} characters) can't name a Service: at most {limit} letters, digits and dashes. Choose another; a Service's unique name is permanent."
        );

    public static Diagnostic MalformedBaseUrl(Setting setting, string value) =>
        Diagnostic.Error(
            "SAB1006",
            $"{setting} '{value}' is not an origin to send credentials to: expected https://host, or http:// to a loopback address, without path, query or user name."
        );

    public static Diagnostic MalformedRegion(Setting setting, string value) =>
        Diagnostic.Error(
            "SAB1007",
            $"{setting} '{value}' can't be part of a host name: expected letters, digits and dashes, such as us1 or ie1 for a region, ashburn or dublin for an edge."
        );

    public static Diagnostic UnsupportedRegion(string region) =>
        Diagnostic.Warning(
            "SAB1008",
            $"Region '{region}': the Twilio documentation says that Serverless is not offered there. Use us1 or ie1, or leave {SettingTable.Region} unset."
        );

    public static Diagnostic InvalidSetting(Setting setting, string value, string? expected = null) =>
        Diagnostic.Error("SAB1009", $"{setting} '{value}' is not valid: expected {expected ?? setting.Expected}.");

    public static Diagnostic EmulatorFailed(string command, string reason) =>
        Diagnostic.Error(
            "SAB1011",
            $"The emulator did not start ({command}): {reason}. Start it by hand with this command to see more."
        );

    public static Diagnostic UnreadableUserSecrets(string file, string reason) =>
        Diagnostic.Error(
            "SAB1012",
            $"The project's user secrets '{file}' could not be read: {reason}. Mend the file, or set the credentials in the environment.",
            file
        );

    public static Diagnostic EnvironmentIsLogged() =>
        Diagnostic.Warning(
            "SAB1013",
            $"MSBUILDLOGALLENVIRONMENTVARIABLES is set: MSBuild writes the whole environment, credentials included, into logs and binlogs. Unset it for this build."
        );

    public static Diagnostic MalformedEnvironmentName(string name, int limit) =>
        Diagnostic.Error(
            "SAB1014",
            $"{SettingTable.Environment} '{name}' ({name.Length} characters) can't name an Environment: at most {limit} letters, digits and dashes, not beginning or ending with a dash. Choose another."
        );

    public static Diagnostic MalformedDomainSuffix(string suffix, int limit) =>
        Diagnostic.Error(
            "SAB1015",
            $"The domain suffix '{suffix}' has {suffix.Length} characters or is no part of a host name: at most {limit} letters, digits and dashes, not beginning or ending with a dash. Set {SettingTable.DomainSuffix} ('-' for none), or shorten {SettingTable.Environment}, which it is by default."
        );

    public static Diagnostic UnreadableTwilioCliProfiles(string file, string reason) =>
        Diagnostic.Error(
            "SAB1020",
            $"The profiles of the Twilio CLI '{file}' could not be read: {reason}. Make the profile again with 'twilio login', or set the credentials in the environment.",
            file
        );

    public static Diagnostic NoTwilioCliProfile(string name, string file, string known) =>
        Diagnostic.Error(
            "SAB1021",
            $"The Twilio CLI has no profile '{name}' (in {file}: {known}). Name another with {SettingTable.Profile.Option}, or make it with 'twilio login'."
        );

    public static Diagnostic ProfileWithoutSecret(string name, string file) =>
        Diagnostic.Error(
            "SAB1022",
            $"The Twilio CLI profile '{name}' has no key and secret in {file}: an older Twilio CLI keeps them in the key chain of the system, which is not read. Make the profile again with 'twilio login' of a current Twilio CLI, or set TWILIO_API_KEY and TWILIO_API_SECRET in the environment."
        );

    public static Diagnostic ProfileNotUsed(string name, string source) =>
        Diagnostic.Warning(
            "SAB1023",
            $"The Twilio CLI profile '{name}' is not used: {source} is set, and comes first. Unset it to use the profile."
        );

    public static Diagnostic UnreadableConfig(string file, int line, string reason) =>
        Diagnostic.Error(
            "SAB1024",
            $"The config file '{file}' could not be read: {reason} (line {line}). Mend it, or name another with --config.",
            file
        ) with
        {
            Line = line,
        };

    public static Diagnostic UnknownConfigKey(string file, int line, string key, string? nearest) =>
        Diagnostic.Error(
            "SAB1025",
            nearest is null
                ? (SanitizedText)
                    $"'{key}' in '{file}' (line {line}) is no key of a config file. Take it out; the keys are the options in camelCase, such as serviceName."
                : $"'{key}' in '{file}' (line {line}) is no key of a config file. The nearest that is one: '{nearest}'.",
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
            $"'{key}' in '{file}' (line {line}): credentials don't belong in a config file. Take it out, and set TWILIO_API_KEY and TWILIO_API_SECRET in the environment, or use .NET user secrets (userSecretsId) or a profile of the Twilio CLI (profile). If the file was shared, revoke the key.",
            file
        ) with
        {
            Line = line,
        };

    public static Diagnostic DoubledConfigKey(string file, int line, string key) =>
        Diagnostic.Error(
            "SAB1028",
            $"'{key}' is in '{file}' twice, the second time in line {line}. Take one out.",
            file
        ) with
        {
            Line = line,
        };
}
