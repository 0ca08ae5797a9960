using System.Text.Json;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Control;

/// <summary><c>/__emulator</c>: what the real service does not have. No credentials; this machine only.</summary>
internal sealed class ControlEndpoints(
    Database database,
    ContentStore contents,
    FaultControl faults,
    EmulatorStats stats,
    StateDump dump,
    OverviewPage page
)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", Local(ShowOverviewAsync));
        endpoints.MapGet("/__emulator", Local(ShowOverviewAsync));
        endpoints.MapGet("/__emulator/faults", Local(context => SendJsonAsync(context, WriteFaults)));
        endpoints.MapPut("/__emulator/faults", Local(ReplaceFaultsAsync));
        endpoints.MapGet("/__emulator/stats", Local(context => SendJsonAsync(context, stats.WriteTo)));
        endpoints.MapPost("/__emulator/stats/reset", Local(ResetStatsAsync));
        endpoints.MapGet("/__emulator/services", Local(SendDumpAsync));
        endpoints.MapGet("/__emulator/versions/{version}", Local(SendVersionAsync));
        endpoints.MapGet("/__emulator/versions/{version}/content", Local(SendContentAsync));
    }

    private static RequestDelegate Local(RequestDelegate handler) =>
        context => SiteHost.IsLoopback(context.Request) ? handler(context) : SendNotFoundAsync(context);

    private Task ShowOverviewAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'";
        return context.Response.WriteAsync(page.Render(context.Connection.LocalPort));
    }

    private async Task ReplaceFaultsAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        try
        {
            faults.Faults = EmulatorFaultsJson.Parse(body.ToArray());
            await SendJsonAsync(context, WriteFaults);
        }
        catch (JsonException problem)
        {
            await SendAsync(
                context,
                ApiAnswer.Error(StatusCodes.Status400BadRequest, ErrorCode.InvalidParameter, problem.Message)
            );
        }
    }

    private void WriteFaults(Utf8JsonWriter json) =>
        JsonSerializer.Serialize(json, faults.Faults, EmulatorFaultsJson.Default.EmulatorFaults);

    private Task ResetStatsAsync(HttpContext context)
    {
        stats.Reset();
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task SendDumpAsync(HttpContext context) =>
        SendJsonAsync(context, json => dump.WriteTo(json, context.Connection.LocalPort));

    private Task SendVersionAsync(HttpContext context) =>
        FindVersion(context) is { } version
            ? SendJsonAsync(context, json => StateDump.Write(json, version))
            : SendNotFoundAsync(context);

    private async Task SendContentAsync(HttpContext context)
    {
        if (FindVersion(context) is not { } version)
        {
            await SendNotFoundAsync(context);
            return;
        }

        // Uploaded HTML is shown, but runs nothing here: this origin has the control endpoints.
        context.Response.Headers.ContentSecurityPolicy = "sandbox";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = version.ContentType;
        context.Response.ContentLength = version.Size;
        await context.Response.SendFileAsync(contents.PathOf(version.Sha256), context.RequestAborted);
    }

    private ResourceVersion? FindVersion(HttpContext context) =>
        VersionStore.FindAny(database, (string)context.Request.RouteValues["version"]!);

    private static Task SendNotFoundAsync(HttpContext context) =>
        SendAsync(context, ApiException.NotFound(context.Request.Path).Answer);

    private static Task SendJsonAsync(HttpContext context, Action<Utf8JsonWriter> write) =>
        SendAsync(context, ApiAnswer.Json(StatusCodes.Status200OK, write));

    private static async Task SendAsync(HttpContext context, ApiAnswer answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        context.Response.ContentLength = answer.Body.Length;
        await context.Response.BodyWriter.WriteAsync(answer.Body);
    }
}
