using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Assets.Cli.Output;

/// <summary>The <c>--json</c> outputs: documented in docs/cli.md, read by scripts.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UploadOutput))]
[JsonSerializable(typeof(PlanOutput))]
[JsonSerializable(typeof(BuildOutput))]
[JsonSerializable(typeof(DeploymentOutput))]
[JsonSerializable(typeof(VerifyOutput))]
[JsonSerializable(typeof(RemoveOutput))]
[JsonSerializable(typeof(MergeOutput))]
[JsonSerializable(typeof(PruneOutput))]
[JsonSerializable(typeof(ListOutput))]
internal sealed partial class OutputJson : JsonSerializerContext
{
    public static OutputJson Written { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = true,
                NewLine = "\n",
            }
        );
}
