namespace Serverless.Assets.Reporting.Html;

/// <summary>What to look for in the Console or the log: SIDs and the manifest.</summary>
internal static class FootSection
{
    public static Markup Render(RunReport report) =>
        $"""
            <footer>
            <dl>
            {Entry("Service", report.ServiceSid)}
            {Entry("Build", report.BuildSid)}
            {Entry("Deployment", report.Live?.DeploymentSid)}
            {Entry("Domain", report.Live?.Domain)}
            {Entry("Manifest", report.ManifestPath)}
            </dl>
            <p class="muted">{ProductVersion.Name} {ProductVersion.Number}</p>
            </footer>
            """;

    private static Markup Entry(string name, string? value) =>
        string.IsNullOrEmpty(value)
            ? Markup.None
            : $"""<div><dt>{name}</dt><dd><bdi class="path">{value}</bdi></dd></div>""";
}
