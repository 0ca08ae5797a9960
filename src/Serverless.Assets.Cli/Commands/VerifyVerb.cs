using System.CommandLine;
using Serverless.Assets.Cli.Output;

namespace Serverless.Assets.Cli.Commands;

/// <summary><c>serverless-assets verify</c>.</summary>
internal static class VerifyVerb
{
    public static Command Create(CliConsole console) =>
        LiveVerb.Create(
            console,
            "verify",
            "Fetches the site and compares it with the manifest",
            [],
            async call =>
            {
                var verified = await call.Pipeline.VerifyAsync(call.Settings, call.Cancellation).ConfigureAwait(false);
                var environment = call.Settings.Service.Environment;
                return new VerbResult(
                    $"{environment}: {verified} assets are live as the manifest has them",
                    new VerifyOutput(environment, verified).ToJson()
                );
            }
        );
}
