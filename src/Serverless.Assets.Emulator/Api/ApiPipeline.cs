using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Api;

/// <summary>
/// What happens to each API request, in this order: it is counted, takes a place in flight, waits, is read, fails or
/// does its work, gives its place back, and is answered.
/// </summary>
internal sealed class ApiPipeline(
    FaultControl faults,
    ConcurrencyGate gate,
    EmulatorStats stats,
    FormReader forms,
    FaultKeys keys,
    Authentication authentication,
    EmulatorClock clock,
    TimeProvider delays,
    CancellationToken stopping
)
{
    public async Task HandleAsync(HttpContext context, ApiOperation operation)
    {
        var plan = faults.Plan;
        context.Response.Headers["Twilio-Request-Id"] = Sid.New("RQ");
        stats.CountRequest(operation.Name);
        using var slot = gate.TryEnter(plan.Faults.AllowedConcurrency);
        if (plan.Faults.ConcurrencyHeader)
        {
            context.Response.Headers["Twilio-Concurrent-Requests"] =
                $"{slot?.InFlight ?? plan.Faults.AllowedConcurrency}";
        }

        if (plan.Hangs())
        {
            stats.CountFault(Fault.Hang);
            await HangAsync(context);
            return;
        }

        if (plan.Faults.LatencyMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(plan.Faults.LatencyMs), delays, context.RequestAborted);
        }

        var answer = slot is null ? Refuse(plan) : await AnswerAsync(context, operation, plan);
        slot?.Dispose();
        await SendAsync(context, answer);
    }

    private ApiAnswer Refuse(FaultPlan plan)
    {
        stats.CountFault(Fault.TooManyRequests);
        return ApiAnswer.Error(
            StatusCodes.Status429TooManyRequests,
            ErrorCode.TooManyRequests,
            "Too Many Requests"
        ) with
        {
            RetryAfterSeconds = plan.Faults.RetryAfterSeconds,
        };
    }

    private async Task<ApiAnswer> AnswerAsync(HttpContext context, ApiOperation operation, FaultPlan plan)
    {
        try
        {
            using var form = await forms.ReadAsync(context.Request, context.RequestAborted);
            var fault = FaultOf(context.Request, operation, form, plan);
            if (fault != Fault.None)
            {
                stats.CountFault(fault);
            }

            return FaultAnswers.InsteadOfWork(fault, plan.Faults)
                ?? FaultAnswers.AfterWork(fault, Work(context, operation, form));
        }
        catch (ApiException refusal)
        {
            return refusal.Answer;
        }
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested)
        {
            // A defect of the emulator: say so to whoever is there, the developer who talks to it.
            return ApiAnswer.Error(
                StatusCodes.Status500InternalServerError,
                ErrorCode.Internal,
                $"The emulator failed: {problem}"
            );
        }
    }

    private Fault FaultOf(HttpRequest request, ApiOperation operation, RequestForm form, FaultPlan plan)
    {
        if (plan.Rejects(form.Content is null ? null : form.Find("Path")))
        {
            return Fault.Rejected;
        }

        if (
            operation.Name.EndsWith(".List", StringComparison.Ordinal)
            && plan.FailsPage(request.Path, PageAddress.NumberOf(request) + 1)
        )
        {
            return Fault.ListPage;
        }

        return plan.UsesKeys ? plan.Draw(operation.Name, keys.Of(request, form)) : Fault.None;
    }

    private ApiAnswer Work(HttpContext context, ApiOperation operation, RequestForm form)
    {
        var account = authentication.AccountOf(context.Request) ?? throw ApiException.NotAuthenticated();
        return operation.Work(new ApiCall(context, form, account, clock.Now));
    }

    private async Task HangAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Abort();
    }

    private static async Task SendAsync(HttpContext context, ApiAnswer answer)
    {
        if (answer.Delivery == Delivery.Never)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = answer.Status;
        if (answer.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = $"{seconds}";
        }

        if (answer.Body.Length == 0)
        {
            return;
        }

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.Body.Length;

        // Less than the promised length makes the server close the connection when this returns. To abort it here would
        // take back what was just sent.
        var end = answer.Delivery == Delivery.Cut ? answer.Body.Length / 2 : answer.Body.Length;
        await response.BodyWriter.WriteAsync(answer.Body[..end]);
    }
}
