using System.Text.Json.Serialization;

namespace Serverless.Assets.Api;

/// <summary>The service's answers: snake_case, with more fields than are read here.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    Converters = [typeof(VisibilityConverter), typeof(BuildStatusConverter)]
)]
[JsonSerializable(typeof(ApiErrorBody))]
[JsonSerializable(typeof(Page))]
[JsonSerializable(typeof(ServiceResource))]
[JsonSerializable(typeof(AssetResource[]))]
[JsonSerializable(typeof(AssetVersionResource[]))]
[JsonSerializable(typeof(BuildResource[]))]
[JsonSerializable(typeof(BuildStatusResource))]
[JsonSerializable(typeof(EnvironmentResource[]))]
[JsonSerializable(typeof(DeploymentResource[]))]
[JsonSerializable(typeof(IReadOnlyList<DependencyResource>))]
internal sealed partial class ApiJson : JsonSerializerContext;
