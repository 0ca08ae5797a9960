using System.Globalization;
using System.Text;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.State.Site;

namespace Serverless.Assets.Cli.Output;

/// <summary>Formats the Environments of a Service as text.</summary>
internal static class ListText
{
    /// <returns>
    /// Text to show below the outcome, without a trailing line break; empty if there is no Environment.
    /// </returns>
    public static string Format(ListResult list, bool withContents)
    {
        var text = new StringBuilder();
        foreach (var environment in list.Environments)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"{LogSanitizer.Escape(environment.Name)}  {environment.Site}"
            );
            var runtime = environment.Runtime is null ? "" : $", {LogSanitizer.Escape(environment.Runtime)}";
            var contents = $"{environment.Assets.Count} assets, {environment.Functions.Count} functions{runtime}";
            text.AppendLine(
                environment.BuildSid is null ? "  live     nothing" : $"  live     {environment.BuildSid}  {contents}"
            );
            AppendDeployment(text, environment.Deployment);
            foreach (var earlier in environment.EarlierBuilds)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  earlier  {earlier.Sid}");
                AppendDeployment(text, earlier.Deployment);
            }

            if (withContents)
            {
                AppendContents(text, environment);
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>Appends the commit, the branch and the time of a Build, as far as they are known.</summary>
    private static void AppendDeployment(StringBuilder text, SiteDeployment? deployment)
    {
        if (deployment is not null)
        {
            var commit = deployment.Commit is { } sid ? $"{LogSanitizer.Escape(sid)}  " : "";
            var branch = deployment.Branch is { } name ? $"{LogSanitizer.Escape(name)}  " : "";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"           {commit}{branch}{deployment.Time.UtcDateTime:yyyy-MM-dd HH:mm} UTC"
            );
        }
    }

    private static void AppendContents(StringBuilder text, EnvironmentInfo environment)
    {
        foreach (var asset in environment.Assets)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  asset    {asset.AssetVersionSid}  {asset.Visibility.ToWireValue(), -9}  "
                    + $"{LogSanitizer.Escape(asset.Path)}"
            );
        }

        foreach (var function in environment.Functions)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  function {LogSanitizer.Escape(function)}");
        }
    }
}
