namespace Serverless.Assets.Client.Tests.Credentials;

/// <summary>Sets the environment variables of credentials for a test; those that it does not name are not set.</summary>
internal sealed class CredentialVariables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public CredentialVariables(params (string Name, string Value)[] variables)
    {
        foreach (
            var name in (string[])
                [
                    "TWILIO_API_KEY",
                    "TWILIO_API_SECRET",
                    "TWILIO_ACCOUNT_SID",
                    "TWILIO_AUTH_TOKEN",
                    "TWILIO_REGION",
                    "TWILIO_EDGE",
                ]
        )
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, null);
        }

        foreach (var (name, value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
