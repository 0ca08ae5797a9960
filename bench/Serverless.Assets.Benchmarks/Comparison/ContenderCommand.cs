using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Comparison;

/// <summary>Prepares a command: with credentials that the emulator accepts, and no others.</summary>
internal static class ContenderCommand
{
    public const string AccountSid = "AC00000000000000000000000000000000";
    public const string AuthToken = "any";

    public static ProcessStartInfo Create(ComparedSite site, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = site.Folder };
        foreach (var name in start.Environment.Keys.Where(IsCredential).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["TWILIO_ACCOUNT_SID"] = AccountSid;
        start.Environment["TWILIO_AUTH_TOKEN"] = AuthToken;
        start.Environment["NO_PROXY"] = start.Environment["no_proxy"] = "127.0.0.1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        return start;
    }

    private static bool IsCredential(string name) => name.StartsWith("TWILIO_", StringComparison.OrdinalIgnoreCase);
}
