namespace Serverless.Assets.Emulator.Api;

/// <summary>Puts operations on addresses, each behind the pipeline.</summary>
internal sealed class ApiRoutes(IEndpointRouteBuilder endpoints, ApiPipeline pipeline)
{
    public void Get(string pattern, string operation, Func<ApiCall, ApiAnswer> work) =>
        endpoints.MapGet(pattern, Handler(operation, work));

    public void Post(string pattern, string operation, Func<ApiCall, ApiAnswer> work) =>
        endpoints.MapPost(pattern, Handler(operation, work));

    public void Delete(string pattern, string operation, Func<ApiCall, ApiAnswer> work) =>
        endpoints.MapDelete(pattern, Handler(operation, work));

    /// <summary>Answers what no other route does.</summary>
    public void Rest(string pattern)
    {
        var handler = Handler("Unknown", call => throw ApiException.NotFound(call.Request.Path));
        endpoints.Map(pattern, handler);
    }

    private RequestDelegate Handler(string name, Func<ApiCall, ApiAnswer> work)
    {
        var operation = new ApiOperation(name, work);
        return context => pipeline.HandleAsync(context, operation);
    }
}
