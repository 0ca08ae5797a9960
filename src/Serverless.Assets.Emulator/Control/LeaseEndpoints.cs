using Serverless.Assets.Emulator.Api;

namespace Serverless.Assets.Emulator.Control;

/// <summary>
/// <c>/__emulator/leases/{emulator}/{lease}</c>, where a run takes a lease under a name of its choice. The ID of the
/// emulator, which only its owner can read in <c>emulator.json</c>, ensures that it serves the expected data folder: its
/// port may have belonged to another emulator.
/// </summary>
internal sealed class LeaseEndpoints(Leases leases, string emulatorId, CancellationToken stopping)
{
    private const string Address = "/__emulator/leases/{emulator}/{lease}";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Address, HoldAsync);
        endpoints.MapDelete(Address, EndAsync);
    }

    /// <summary>Responds with 200 at once, and with the end of the body when the emulator stops.</summary>
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
            // A lease that ends because the emulator stops shows that a run still needs its address.
            if (!stopping.IsCancellationRequested)
            {
                leases.Remove(lease);
            }
        }
    }

    /// <summary>Responds with whether the emulator stops, so that the last run can wait for its end.</summary>
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
