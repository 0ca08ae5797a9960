using Microsoft.Build.Framework;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Build.Tasks;

/// <summary>A task that makes a Build live: its outputs, and what it says at its end.</summary>
public abstract class LiveTask : DeployTask
{
    /// <summary>Name of the project, which begins the line that the terminal shows at its end: <c>MyApp</c>.</summary>
    public string ProjectName { get; set; } = "";

    /// <summary>Shown after the summary: how to look at the site.</summary>
    public string Hint { get; set; } = "";

    /// <summary>SID of the Build that is live now: <c>ZB…</c>.</summary>
    [Output]
    public string BuildSid { get; private set; } = "";

    /// <summary>SID of its Deployment: <c>ZD…</c>; empty: it was live, and no Deployment is on record.</summary>
    [Output]
    public string DeploymentSid { get; private set; } = "";

    /// <summary>SID of the Environment: <c>ZE…</c>.</summary>
    [Output]
    public string EnvironmentSid { get; private set; } = "";

    /// <summary>Host name of the site: <c>my-app-1234-dev.twil.io</c>.</summary>
    [Output]
    public string Domain { get; private set; } = "";

    /// <summary>Address of the site: <c>https://my-app-1234-dev.twil.io/</c>.</summary>
    [Output]
    public string Url { get; private set; } = "";

    private protected bool Finish(DeployResult result)
    {
        BuildSid = result.BuildSid;
        DeploymentSid = result.DeploymentSid ?? "";
        EnvironmentSid = result.EnvironmentSid;
        Domain = result.Domain;
        Url = result.Url.AbsoluteUri;
        Report(result);
        if (Hint.Length > 0)
        {
            Log.LogMessage(MessageImportance.High, "  {0}", LogSanitizer.EscapeWhole(Hint));
        }

        // The terminal logger shows no message but one of this form, as the end of the project's line. The emulator's
        // address ends with the build.
        Log.LogMessage(
            MessageImportance.High,
            "{0} -> {1}",
            LogSanitizer.EscapeWhole(ProjectName),
            LogSanitizer.EscapeWhole(UseEmulator ? ManifestPath : Url)
        );
        return true;
    }
}
