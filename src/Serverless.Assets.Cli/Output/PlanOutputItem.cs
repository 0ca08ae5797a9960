using Serverless.Assets.Client;
using Serverless.Assets.Planning;

namespace Serverless.Assets.Cli.Output;

/// <summary>One asset of <see cref="PlanOutput"/>.</summary>
internal sealed record PlanOutputItem(
    string Path,
    string Visibility,
    string Action,
    string Change,
    string File,
    long Size,
    string Sha256
)
{
    public static PlanOutputItem Of(PlannedUpload planned) =>
        new(
            planned.Asset.Path,
            planned.Asset.Visibility.ToWireValue(),
            planned.Action == PlannedAction.Upload ? "upload" : "unchanged",
            planned.Change.ToString().ToLowerInvariant(),
            planned.Asset.DisplayPath,
            planned.Size,
            planned.Sha256
        );
}
