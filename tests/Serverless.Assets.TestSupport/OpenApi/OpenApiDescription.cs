namespace Serverless.Assets.TestSupport;

/// <summary>
/// The operations and schemas of an API: of its OpenAPI description, the facts that <see cref="ExchangeCheck"/> compares
/// exchanges with.
/// </summary>
internal sealed class OpenApiDescription(
    IReadOnlyList<OpenApiOperation> operations,
    IReadOnlyDictionary<string, OpenApiSchema> schemas
)
{
    /// <summary>The file with the facts of the service's API, in the repository.</summary>
    public const string ServiceFile = "tests/Serverless.Assets.TestSupport/OpenApi/service-api.txt";

    private static readonly Lazy<OpenApiDescription> Loaded = new(() =>
        OpenApiFactsReader.Read(File.ReadAllText(Repository.PathOf(ServiceFile)))
    );

    /// <summary>The description of the service.</summary>
    public static OpenApiDescription Current => Loaded.Value;

    public IReadOnlyList<OpenApiOperation> Operations { get; } = operations;

    public OpenApiSchemas Schemas { get; } = new(schemas);

    /// <returns>Null: no operation has this method and path.</returns>
    public OpenApiOperation? FindOperation(string method, string path) =>
        Operations.FirstOrDefault(operation => operation.Matches(method, path));
}
