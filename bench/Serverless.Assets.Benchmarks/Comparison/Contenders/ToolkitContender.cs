using System.Diagnostics;
using System.Text.Json;

namespace Serverless.Assets.Benchmarks.Comparison.Contenders;

/// <summary>The public Node toolkit, as <c>twilio serverless:deploy</c> uses it.</summary>
/// <param name="scripts">Folder of <c>toolkit.js</c>, in which the packages are installed.</param>
/// <param name="version">Of the toolkit and of Node.</param>
/// <param name="isTuned">
/// Whether its concurrency is set to what the service allows, which a user would have to know. The default is 10.
/// </param>
internal sealed class ToolkitContender(string scripts, string version, bool isTuned) : IContender
{
    public string Name => isTuned ? "Node toolkit, best setting" : "Node toolkit, default";

    public string Version => version;

    public Task PrepareAsync(ComparedSite site) => Task.CompletedTask;

    public IEnumerable<ProcessStartInfo> Deploy(ComparedSite site, ComparedCase compared, string service, Uri emulator)
    {
        var options = new
        {
            url = emulator.OriginalString,
            username = ContenderCommand.AccountSid,
            password = ContenderCommand.AuthToken,
            folder = site.Folder,
            serviceName = service,
            env = new { },
            pkgJson = new { },
            concurrency = isTuned ? compared.BestConcurrency : (int?)null,
        };
        yield return ContenderCommand.Create(
            site,
            "node",
            Path.Combine(scripts, "toolkit.js"),
            "deploy",
            JsonSerializer.Serialize(options)
        );
    }
}
