namespace Serverless.Assets.TestSupport;

/// <summary>Messages that the tests of more than one project expect.</summary>
internal static class ExpectedMessages
{
    /// <summary>The page with a section for each code.</summary>
    public const string HelpPage =
        "https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md";

    /// <summary>SAB1001.</summary>
    public const string NoCredentials =
        "No credentials found. Sources searched: TWILIO_API_KEY with TWILIO_API_SECRET; TWILIO_ACCOUNT_SID with "
        + "TWILIO_AUTH_TOKEN; Twilio:ApiKey with Twilio:ApiSecret or Twilio:AccountSid with Twilio:AuthToken in the "
        + "project's user secrets. Set TWILIO_API_KEY and TWILIO_API_SECRET (or TWILIO_ACCOUNT_SID and "
        + "TWILIO_AUTH_TOKEN) in the environment.";

    public static string GetHelpLink(string code) => $"{HelpPage}#{code.ToLowerInvariant()}";
}
