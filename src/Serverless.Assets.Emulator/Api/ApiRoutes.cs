namespace Serverless.Assets.Emulator.Api;

/// <summary>Maps URL patterns to operations, which run in the pipeline.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints, ApiPipeline pipeline)
{
    public void Get(string pattern, string operation, Func<ApiCall, ApiResponse> handle) =>
        Map(operation, handle, handler => endpoints.MapGet(pattern, handler));

    public void Post(string pattern, string operation, Func<ApiCall, ApiResponse> handle) =>
        Map(operation, handle, handler => endpoints.MapPost(pattern, handler));

    public void Delete(string pattern, string operation, Func<ApiCall, ApiResponse> handle) =>
        Map(operation, handle, handler => endpoints.MapDelete(pattern, handler));

    /// <summary>Returns 404 for requests that no other pattern matches.</summary>
    public void MapUnknown(string pattern) =>
        Map(
            "Unknown",
            call => throw ApiException.NotFound(call.Request.Path),
            handler => endpoints.Map(pattern, handler)
        );

    private void Map(
        string name,
        Func<ApiCall, ApiResponse> handle,
        Func<RequestDelegate, IEndpointConventionBuilder> map
    )
    {
        var operation = new ApiOperation(name, handle);
        map(context => pipeline.RunAsync(context, operation)).WithMetadata(operation);
    }
}

/// <summary>Handles requests with one method and URL pattern.</summary>
/// <param name="Name">The resource and action, such as <c>Asset.List</c>.</param>
/// <param name="Handle">Throws an <see cref="ApiException"/> to reject the request.</param>
internal sealed record ApiOperation(string Name, Func<ApiCall, ApiResponse> Handle)
{
    /// <summary>The names of all operations, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Asset.Create",
        "Asset.Delete",
        "Asset.Fetch",
        "Asset.List",
        "Asset.Update",
        "AssetVersion.Create",
        "AssetVersion.Fetch",
        "AssetVersion.List",
        "Build.Create",
        "Build.Delete",
        "Build.Fetch",
        "Build.List",
        "BuildStatus.Fetch",
        "Deployment.Create",
        "Deployment.Fetch",
        "Deployment.List",
        "Environment.Create",
        "Environment.Delete",
        "Environment.Fetch",
        "Environment.List",
        "Function.Create",
        "Function.Delete",
        "Function.Fetch",
        "Function.List",
        "Function.Update",
        "FunctionVersion.Create",
        "FunctionVersion.Fetch",
        "FunctionVersion.FetchContent",
        "FunctionVersion.List",
        "Log.Fetch",
        "Log.List",
        "Service.Create",
        "Service.Delete",
        "Service.Fetch",
        "Service.List",
        "Service.Update",
        "Variable.Create",
        "Variable.Delete",
        "Variable.Fetch",
        "Variable.List",
        "Variable.Update",
    ];

    public bool IsList => Name.EndsWith(".List", StringComparison.Ordinal);
}
