namespace Serverless.Assets.Build.Tests.Support;

/// <summary>What more than one test expects to read.</summary>
internal static class Messages
{
    public static LoggedEvent NoCredentials { get; } =
        LoggedEvent.Error(
            "SAB1001",
            "No credentials found. Sources searched: TWILIO_API_KEY with TWILIO_API_SECRET; TWILIO_ACCOUNT_SID with TWILIO_AUTH_TOKEN; Twilio:ApiKey with Twilio:ApiSecret or Twilio:AccountSid with Twilio:AuthToken in the project's user secrets. Set TWILIO_API_KEY and TWILIO_API_SECRET (or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN) in the environment."
        );
}
