namespace Serverless.Assets.Emulator.Api;

/// <summary>Maps URL patterns to operations, which run in the pipeline.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints, ApiPipeline pipeline)
{
    public void Get(string pattern, string operation, Func<ApiCall, ApiResponse> handle) =>
        endpoints.MapGet(pattern, CreateHandler(operation, handle));

    public void Post(string pattern, string operation, Func<ApiCall, ApiResponse> handle) =>
        endpoints.MapPost(pattern, CreateHandler(operation, handle));

    public void Delete(string pattern, string operation, Func<ApiCall, ApiResponse> handle) =>
        endpoints.MapDelete(pattern, CreateHandler(operation, handle));

    /// <summary>Returns 404 for requests that no other pattern matches.</summary>
    public void MapUnknown(string pattern) =>
        endpoints.Map(pattern, CreateHandler("Unknown", call => throw ApiException.NotFound(call.Request.Path)));

    private RequestDelegate CreateHandler(string name, Func<ApiCall, ApiResponse> handle)
    {
        var operation = new ApiOperation(name, handle);
        return context => pipeline.RunAsync(context, operation);
    }
}

/// <summary>Handles requests with one method and URL pattern.</summary>
/// <param name="Name">The resource and action, such as <c>Asset.List</c>.</param>
/// <param name="Handle">Throws an <see cref="ApiException"/> to reject the request.</param>
internal sealed record ApiOperation(string Name, Func<ApiCall, ApiResponse> Handle)
{
    public bool IsList => Name.EndsWith(".List", StringComparison.Ordinal);
}
