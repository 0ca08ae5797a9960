using System.Globalization;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// The steps of every API request: count it, select its fault settings, accept or reject it, read the form, fail
/// or run the operation, wait for the rest of the latency, send the response.
/// </summary>
/// <param name="timeProvider">Measures delays. Unlike <paramref name="clock"/>, it is not shifted.</param>
/// <param name="stopping">Ends requests that hang when the emulator stops.</param>
internal sealed class ApiPipeline(
    FaultControl faults,
    RequestLimiter limiter,
    EmulatorStats stats,
    RequestJournal journal,
    FormReader forms,
    FaultInjector injector,
    Authentication authentication,
    EmulatorClock clock,
    Stores stores,
    TimeProvider timeProvider,
    CancellationToken stopping
)
{
    public async Task RunAsync(HttpContext context, ApiOperation operation)
    {
        var started = timeProvider.GetTimestamp();
        var plans = faults.Plans;
        using var pending = new PendingForm(forms, context.Request, context.RequestAborted);
        context.Response.Headers["Twilio-Request-Id"] = Sid.Create("RQ");
        stats.CountRequest(operation.Name);
        RequestTrace.Get(context).Operation = operation.Name;
        context.Response.Headers.Date = clock.Now.ToString("R", CultureInfo.InvariantCulture);
        var plan = await plans.SelectAsync(context.Request, operation, pending);
        using var admission = limiter.Admit(plan);
        if (plan.ShouldHang())
        {
            journal.Add(context.Request, operation, entry: null, response: null);
            CountFault(context, Fault.Hang);
            await HangAsync(context);
            return;
        }

        var (response, entry) = admission.IsAccepted
            ? await CreateResponseAsync(context, operation, plan, pending)
            : (CreateTooManyRequests(context, plan), null);
        var latency = admission.IsAccepted
            ? plan.Settings.LatencyMs
            : plan.Settings.ThrottledLatencyMs ?? plan.Settings.LatencyMs;
        try
        {
            await WaitUntilAsync(started, TimeSpan.FromMilliseconds(latency), context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            journal.Add(context.Request, operation, entry, response: null); // its work is done
            throw;
        }

        if (plan.Settings.ConcurrencyHeader)
        {
            context.Response.Headers["Twilio-Concurrent-Requests"] = $"{admission.Concurrency}";
        }

        admission.Dispose();
        journal.Add(context.Request, operation, entry, response);
        await response.SendAsync(context);
    }

    private ApiResponse CreateTooManyRequests(HttpContext context, FaultPlan plan)
    {
        CountFault(context, Fault.TooManyRequests);
        return FaultInjector.CreateTooManyRequests(plan.Settings) with
        {
            RetryAfterSeconds = plan.Settings.RetryAfterSeconds,
        };
    }

    private async Task<(ApiResponse Response, EmulatorRequest? Entry)> CreateResponseAsync(
        HttpContext context,
        ApiOperation operation,
        FaultPlan plan,
        PendingForm pending
    )
    {
        EmulatorRequest? entry = null;
        try
        {
            var form = await pending.ReadAsync();
            entry = await journal.ReadAsync(context.Request, operation, form, context.RequestAborted);
            var fault = injector.SelectFault(plan, context.Request, operation, form);
            if (FaultInjector.CreateResponseInsteadOfWork(fault, plan.Settings) is { } failure)
            {
                CountFault(context, fault);
                return (failure, entry);
            }

            var response = Run(context, operation, form);
            if (FaultInjector.DamageResponse(fault, response) is { } damaged)
            {
                CountFault(context, fault);
                return (damaged, entry);
            }

            return (response, entry);
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            return (RequestErrors.CreateResponse(exception), entry);
        }
    }

    private void CountFault(HttpContext context, Fault fault)
    {
        stats.CountFault(fault);
        RequestTrace.Get(context).Fault = EmulatorStats.GetName(fault);
    }

    private ApiResponse Run(HttpContext context, ApiOperation operation, RequestForm form)
    {
        var accountSid = authentication.FindAccountSid(context.Request) ?? throw ApiException.NotAuthenticated();
        return operation.Handle(new ApiCall(context, form, accountSid, clock.Now, stores));
    }

    /// <summary>Waits for the rest of the least duration of a request, of which its work is a part.</summary>
    private async Task WaitUntilAsync(long started, TimeSpan duration, CancellationToken cancellationToken)
    {
        var rest = duration - timeProvider.GetElapsedTime(started);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, timeProvider, cancellationToken);
        }
    }

    private async Task HangAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        RequestTrace.Abort(context);
    }
}
