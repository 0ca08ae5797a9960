namespace Serverless.Assets.Diagnostics;

/// <summary>SAB1xxx: settings and credentials. Each method holds the only copy of its code and text.</summary>
internal static class ConfigurationDiagnostics
{
    public static Diagnostic NoCredentials(string lookedFor) => Diagnostic.Error(
        "SAB1001",
        $"No credentials found. Looked for {lookedFor}. Set TWILIO_API_KEY and TWILIO_API_SECRET (or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN) in the environment of the build.");

    public static Diagnostic MalformedCredential(string name, string expected) => Diagnostic.Error(
        "SAB1002",
        $"{name} does not have the shape of one: expected {expected}. (Its value is not shown, as it may be a secret in the wrong place.) Check which value was copied into it.");

    public static Diagnostic MalformedServiceSid(string value) => Diagnostic.Error(
        "SAB1003",
        $"ServerlessAssetsServiceSid '{value}' is not the SID of a Service: expected ZS and 32 hexadecimal digits. Copy it from the Service's page in the Twilio Console.");

    public static Diagnostic NoService() => Diagnostic.Error(
        "SAB1004",
        $"No Service to upload to. Set ServerlessAssetsServiceSid to its ZS… SID, or ServerlessAssetsServiceName to its unique name (with ServerlessAssetsCreateService=true it is created when missing).");

    public static Diagnostic MalformedServiceName(string value, int limit) => Diagnostic.Error(
        "SAB1005",
        $"ServerlessAssetsServiceName '{value}' ({value.Length} characters) can't name a Service: at most {limit} letters, digits and dashes. Choose another; a Service's unique name is permanent.");

    public static Diagnostic MalformedBaseUrl(string setting, string value) => Diagnostic.Error(
        "SAB1006",
        $"{setting} '{value}' is not an origin to send credentials to: expected https://host, or http:// to a loopback address, without path, query or user name.");

    public static Diagnostic MalformedRegion(string setting, string value) => Diagnostic.Error(
        "SAB1007",
        $"{setting} '{value}' can't be part of a host name: expected letters, digits and dashes, such as us1 or ie1 for a region, ashburn or dublin for an edge.");

    public static Diagnostic UnsupportedRegion(string region) => Diagnostic.Warning(
        "SAB1008",
        $"Region '{region}': the Twilio documentation says that Serverless is not offered there. Use us1 or ie1, or leave ServerlessAssetsRegion unset.");

    public static Diagnostic InvalidSetting(string setting, string value, string expected) => Diagnostic.Error(
        "SAB1009",
        $"{setting} '{value}' is not valid: expected {expected}.");

    public static Diagnostic EmulatorFailed(string command, string reason) => Diagnostic.Error(
        "SAB1011",
        $"The emulator did not start ({command}): {reason}. Start it by hand with this command to see more.");

    public static Diagnostic UnreadableUserSecrets(string file, string reason) => Diagnostic.Error(
        "SAB1012",
        $"The project's user secrets '{file}' could not be read: {reason}. Mend the file, or set the credentials in the environment.",
        file);

    public static Diagnostic EnvironmentIsLogged() => Diagnostic.Warning(
        "SAB1013",
        $"MSBUILDLOGALLENVIRONMENTVARIABLES is set: MSBuild writes the whole environment, credentials included, into logs and binlogs. Unset it for this build.");

    public static Diagnostic MalformedEnvironmentName(string name, int limit) => Diagnostic.Error(
        "SAB1014",
        $"ServerlessAssetsEnvironment '{name}' ({name.Length} characters) can't name an Environment: at most {limit} letters, digits and dashes, not beginning or ending with a dash. Choose another.");

    public static Diagnostic MalformedDomainSuffix(string suffix, int limit) => Diagnostic.Error(
        "SAB1015",
        $"The domain suffix '{suffix}' has {suffix.Length} characters or is no part of a host name: at most {limit} letters, digits and dashes, not beginning or ending with a dash. Set ServerlessAssetsDomainSuffix ('-' for none), or shorten ServerlessAssetsEnvironment, which it is by default.");
}
