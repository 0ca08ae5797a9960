namespace Serverless.Assets.TestSupport;

/// <summary>
/// Valid credentials for an emulator, which accepts any unless it is told otherwise. Tests search what a run leaves for
/// the secret.
/// </summary>
internal static class TestCredentials
{
    public const string AccountSid = "AC0123456789abcdef0123456789abcdef";
    public const string ApiKey = "SK0123456789abcdef0123456789abcdef";
    public const string Secret = "kept-to-itself-7f3a";
}
