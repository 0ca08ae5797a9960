using System.Diagnostics;

namespace Serverless.Assets.Benchmarks.Comparison.Contenders;

/// <summary>The <c>dotnet</c> tool of this repository: <c>upload</c>, then <c>deploy</c>.</summary>
/// <param name="assembly">Full path of the tool's assembly.</param>
/// <param name="version">Of the tool.</param>
internal sealed class ToolContender(string assembly, string version) : IContender
{
    public string Name => "serverless-assets";

    public string Version => version;

    public Task PrepareAsync(ComparedSite site) => Task.CompletedTask;

    public IEnumerable<ProcessStartInfo> Deploy(ComparedSite site, ComparedCase compared, string service, Uri emulator)
    {
        string[] where =
        [
            "--service-name",
            service,
            "--service-limits",
            "Warn",
            "--api-base-url",
            emulator.OriginalString,
            "--upload-base-url",
            emulator.OriginalString,
        ];
        yield return ContenderCommand.Create(
            site,
            "dotnet",
            [assembly, "upload", "assets", "--create-service", .. where]
        );
        yield return ContenderCommand.Create(site, "dotnet", [assembly, "deploy", .. where]);
    }
}
