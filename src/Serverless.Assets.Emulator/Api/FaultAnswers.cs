using Serverless.Assets.Emulator.Faults;

namespace Serverless.Assets.Emulator.Api;

/// <summary>How each fault looks to the client.</summary>
internal static class FaultAnswers
{
    /// <returns>The answer that comes instead of the work, null when the work is to be done.</returns>
    public static ApiAnswer? InsteadOfWork(Fault fault, EmulatorFaults faults) =>
        fault switch
        {
            Fault.Reset => ApiAnswer.NoContent with { Delivery = Delivery.Never },
            Fault.Error500 or Fault.ListPage => InternalError(),
            Fault.Html503 => ApiAnswer.ProxyError(
                StatusCodes.Status503ServiceUnavailable,
                "Service Temporarily Unavailable"
            ),
            Fault.Html502 => ApiAnswer.ProxyError(StatusCodes.Status502BadGateway, "Bad Gateway"),
            Fault.Rejected => Rejection(faults.RejectStatus),
            _ => null,
        };

    /// <summary>Spoils the answer of work that was done. A refusal never comes here: it is an exception.</summary>
    public static ApiAnswer AfterWork(Fault fault, ApiAnswer answer) =>
        fault switch
        {
            Fault.ResetAfterWork => answer with { Delivery = Delivery.Never },
            Fault.Truncated => answer with { Delivery = answer.Body.IsEmpty ? Delivery.Never : Delivery.Cut },
            Fault.BrokenJson => answer with { Body = answer.Body[..(answer.Body.Length / 2)] },
            _ => answer,
        };

    private static ApiAnswer InternalError() =>
        ApiAnswer.Error(
            StatusCodes.Status500InternalServerError,
            ErrorCode.Internal,
            "An internal server error has occurred"
        );

    private static ApiAnswer Rejection(int status) =>
        status switch
        {
            StatusCodes.Status413PayloadTooLarge => ApiException.TooLarge().Answer,
            StatusCodes.Status403Forbidden => ApiAnswer.Error(status, ErrorCode.NotAllowed, "Forbidden"),
            StatusCodes.Status429TooManyRequests => ApiAnswer.Error(
                status,
                ErrorCode.TooManyRequests,
                "Too Many Requests"
            ),
            >= 500 => ApiAnswer.Error(status, ErrorCode.Internal, "An internal server error has occurred"),
            _ => ApiAnswer.Error(status, ErrorCode.InvalidParameter, "Invalid parameter"),
        };
}
