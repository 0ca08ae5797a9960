namespace Serverless.Assets.TestSupport;

/// <summary>
/// Valid credentials for an emulator, which accepts any unless it is told otherwise. Tests search what a run leaves for
/// the secret.
/// </summary>
internal static class TestCredentials
{
    /// <summary>The account that the emulator uses for API keys, and the engine for emulators.</summary>
    public const string AccountSid = "AC00000000000000000000000000000000";

    public const string ApiKey = "SK0123456789abcdef0123456789abcdef";
    public const string Secret = "kept-to-itself-7f3a";
}
