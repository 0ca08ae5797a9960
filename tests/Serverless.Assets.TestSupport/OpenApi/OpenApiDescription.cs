using System.Text.Json;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// The service's OpenAPI description, or as much of OpenAPI 3 as it uses. The file is not part of the repository: where it
/// is present, tests compare all exchanges with it.
/// </summary>
internal sealed class OpenApiDescription
{
    private const string FileVariable = "TWILIO_OAI_SPEC";
    private const string DefaultFile = "shared/spec/twilio_serverless_v1.json";

    private static readonly Lazy<OpenApiDescription?> Loaded = new(Load);

    private OpenApiDescription(JsonElement root)
    {
        Schemas = new OpenApiSchemas(root.GetProperty("components").GetProperty("schemas"));
        Operations =
        [
            .. from path in root.GetProperty("paths").EnumerateObject()
            from member in path.Value.EnumerateObject()
            where member.Name is "get" or "post" or "put" or "patch" or "delete"
            select new OpenApiOperation(member.Name.ToUpperInvariant(), path.Name, member.Value),
        ];
    }

    /// <summary>The description of the service; null if there is no file.</summary>
    public static OpenApiDescription? Current => Loaded.Value;

    public OpenApiSchemas Schemas { get; }

    public IReadOnlyList<OpenApiOperation> Operations { get; }

    public static OpenApiDescription Parse(string json) => new(JsonSerializer.Deserialize<JsonElement>(json));

    /// <returns>Null: no operation has this method and path.</returns>
    public OpenApiOperation? FindOperation(string method, string path) =>
        Operations.FirstOrDefault(operation => operation.Matches(method, path));

    /// <summary>Reads the file that the variable names, or else the one next to the repository or above it.</summary>
    private static OpenApiDescription? Load()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } named)
        {
            return Parse(File.ReadAllText(named));
        }

        for (var folder = Directory.GetParent(Repository.Root); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine([folder.FullName, .. DefaultFile.Split('/')]);
            if (File.Exists(file))
            {
                return Parse(File.ReadAllText(file));
            }
        }

        return null;
    }
}
