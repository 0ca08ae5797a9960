using System.Text.Json;
using Serverless.Assets.Deployment;

namespace Serverless.Assets.Cli.Output;

/// <summary>The result of <c>list --json</c>.</summary>
internal sealed record ListOutput(IReadOnlyList<ListOutputItem> Environments)
{
    public static ListOutput Of(IReadOnlyList<EnvironmentInfo> environments, bool withContents) =>
        new(environments.Select(environment => ListOutputItem.Of(environment, withContents)).ToList());

    public string ToJson() => JsonSerializer.Serialize(this, OutputJson.Written.ListOutput);
}
