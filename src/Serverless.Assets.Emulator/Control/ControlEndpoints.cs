using Microsoft.AspNetCore.Http.Features;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Settings;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Control;

/// <summary>
/// <c>/__emulator</c>, which the real service does not have. Its endpoints need no credentials.
/// </summary>
internal sealed class ControlEndpoints(
    Stores stores,
    ContentLibrary contents,
    FaultControl faults,
    BehaviorControl behavior,
    EmulatorStats stats
)
{
    /// <summary>In bytes.</summary>
    private const long MaxSettingsSize = 64 * 1024;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/__emulator/health", SendHealthAsync);
        endpoints.MapGet("/__emulator/faults", SendFaultsAsync);
        endpoints.MapPut("/__emulator/faults", ReplaceFaultsAsync);
        endpoints.MapGet("/__emulator/faults/presets", SendPresetsAsync);
        endpoints.MapGet("/__emulator/behavior", SendBehaviorAsync);
        endpoints.MapPut("/__emulator/behavior", ReplaceBehaviorAsync);
        endpoints.MapGet("/__emulator/stats", SendStatsAsync);
        endpoints.MapPost("/__emulator/stats/reset", ResetStatsAsync);
        endpoints.MapGet("/__emulator/services", SendStateAsync);
        endpoints.MapGet("/__emulator/versions/{version}", SendVersionAsync);
        endpoints.MapGet("/__emulator/versions/{version}/content", SendContentAsync);
    }

    /// <summary>Reads from the database, so that success means that requests can be answered.</summary>
    private Task SendHealthAsync(HttpContext context)
    {
        stores.FindName("");
        return SendAsync(context, new HealthResponse("ok"));
    }

    private Task SendFaultsAsync(HttpContext context) => SendAsync(context, faults.Settings);

    private async Task ReplaceFaultsAsync(HttpContext context)
    {
        faults.Settings = await ReadAsync(FaultSettings.Reader, context);
        await SendFaultsAsync(context);
    }

    private static Task SendPresetsAsync(HttpContext context) =>
        SendAsync(context, new FaultPresetsResponse(FaultPresets.All));

    private Task SendBehaviorAsync(HttpContext context) => SendAsync(context, behavior.Current);

    private async Task ReplaceBehaviorAsync(HttpContext context)
    {
        behavior.Current = await ReadAsync(BehaviorSettings.Reader, context);
        await SendBehaviorAsync(context);
    }

    private static Task<T> ReadAsync<T>(SettingsReader<T> reader, HttpContext context)
        where T : new()
    {
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = MaxSettingsSize;
        return reader.ReadAsync(context.Request.Body, context.RequestAborted);
    }

    private Task SendStatsAsync(HttpContext context) => SendAsync(context, stats.CreateResponse());

    private Task ResetStatsAsync(HttpContext context)
    {
        stats.Reset();
        return ApiResponse.NoContent.SendAsync(context);
    }

    private Task SendStateAsync(HttpContext context) =>
        ApiResponse.Ok(StateDump.Create(stores, SiteHost.GetPort(context.Request))).SendAsync(context);

    private Task SendVersionAsync(HttpContext context) =>
        FindVersion(context) is { } version
            ? ApiResponse.Ok(VersionState.From(version)).SendAsync(context)
            : SendNotFoundAsync(context);

    private async Task SendContentAsync(HttpContext context)
    {
        if (FindVersion(context) is not { } version)
        {
            await SendNotFoundAsync(context);
            return;
        }

        // Uploaded HTML is shown without running its scripts, because this origin also serves the control endpoints.
        context.Response.Headers.ContentSecurityPolicy = "sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = ContentType.GetHeader(version.ContentType);
        context.Response.ContentLength = version.Size;
        await using var content = contents.OpenRead(version.Sha256);
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    private ResourceVersion? FindVersion(HttpContext context) =>
        stores.AssetVersions.FindOfAnyKind((string)context.Request.RouteValues["version"]!);

    private static Task SendNotFoundAsync(HttpContext context) =>
        ApiException.NotFound(context.Request.Path).Response.SendAsync(context);

    private static Task SendAsync<T>(HttpContext context, T value) =>
        ApiResponse.Json(StatusCodes.Status200OK, value, ControlJson.Default).SendAsync(context);
}

/// <summary>The presets of the fault settings, each with all settings.</summary>
internal sealed record FaultPresetsResponse(IReadOnlyList<FaultPreset> Presets);

/// <summary>Whether the emulator answers requests.</summary>
/// <param name="Status"><c>ok</c></param>
internal sealed record HealthResponse(string Status);
