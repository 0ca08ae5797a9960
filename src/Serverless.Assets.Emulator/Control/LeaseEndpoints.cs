using Serverless.Assets.Emulator.Api;

namespace Serverless.Assets.Emulator.Control;

/// <summary>
/// <c>/__emulator/leases/{emulator}/{lease}</c>, where a run takes a lease with an ID of its choice. The emulator's ID
/// from <c>emulator.json</c> proves that the run found the emulator of its data folder and not another one on the same
/// port, and that it belongs to the owner of the folder, because no other user can read the file.
/// </summary>
internal sealed class LeaseEndpoints(Leases leases, string emulatorId, CancellationToken stopping)
{
    private const string Address = "/__emulator/leases/{emulator}/{lease}";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Address, HoldAsync);
        endpoints.MapDelete(Address, EndAsync);
    }

    /// <summary>
    /// Responds with 200 at once. The body ends when the emulator stops, and the lease ends with the connection.
    /// </summary>
    private async Task HoldAsync(HttpContext context)
    {
        var lease = GetLease(context);
        if (stopping.IsCancellationRequested || !leases.TryAdd(lease))
        {
            throw ApiException.Conflict("The emulator is stopping, or the lease exists");
        }

        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            await context.Response.StartAsync(end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            leases.Remove(lease);
        }
    }

    /// <summary>
    /// Ends a lease. The response states whether the emulator now stops, so that the last run can wait for that.
    /// </summary>
    private Task EndAsync(HttpContext context) =>
        ApiResponse
            .Json(
                StatusCodes.Status200OK,
                new LeaseResponse(IsStopping: leases.Remove(GetLease(context))),
                ControlJson.Default
            )
            .SendAsync(context);

    private string GetLease(HttpContext context) =>
        (string)context.Request.RouteValues["emulator"]! == emulatorId
            ? (string)context.Request.RouteValues["lease"]!
            : throw ApiException.NotFound(context.Request.Path);
}

/// <summary>The response to the end of a lease.</summary>
internal sealed record LeaseResponse(bool IsStopping);
