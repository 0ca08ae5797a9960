using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Serverless.Assets.Client;

namespace Serverless.Assets.Manifest;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(AssetManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext
{
    /// <summary>The same bytes on every system; names in any script stay readable.</summary>
    public static ManifestJson Written { get; } =
        new(
            new JsonSerializerOptions
            {
                PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
                Converters = { new JsonStringEnumConverter<Visibility>(JsonNamingPolicy.CamelCase) },
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                WriteIndented = true,
                NewLine = "\n",
                RespectNullableAnnotations = true,
                RespectRequiredConstructorParameters = true,
            }
        );
}
