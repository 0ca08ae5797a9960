using System.CommandLine;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Cli.Options;

/// <summary>What goes live and how. A verb takes those of the options that mean something to it.</summary>
internal sealed class DeploySettingsOptions
{
    public Option<string> DomainSuffix { get; } =
        Texts.One("--domain-suffix", "Domain suffix of an Environment that is created (default: its name; - for none)");

    public Option<string> OtherAssets { get; } =
        Texts.OneOf(
            "--other-assets",
            "Keep (default) or Remove: live assets that the manifest does not name",
            "Keep",
            "Remove"
        );

    public Option<string> Runtime { get; } =
        Texts.One("--runtime", "Node runtime of the Build, such as node22 (default: that of the live Build)");

    public Option<bool> Verify { get; } =
        new("--verify")
        {
            Description = "Fetch the site afterwards, compare, and go back to the Build before when it is wrong",
        };

    public DeploymentSettings Read(OptionValues values, ServiceSettings service) =>
        new()
        {
            Service = service,
            DomainSuffix = values.GetValue(DomainSuffix) is { Length: > 0 } suffix ? suffix : null,
            OtherAssets = values.GetValue(OtherAssets) ?? "",
            Runtime = values.GetValue(Runtime) ?? "",
            Verify = values.GetValue(Verify),
        };
}
