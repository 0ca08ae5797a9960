using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Faults;

/// <summary>Selects the fault of a request, and applies it to the response.</summary>
internal sealed class FaultInjector(Stores stores)
{
    private static readonly string[] NamingFields = ["FriendlyName", "UniqueName", "Path", "Key"];

    public Fault SelectFault(FaultPlan plan, HttpRequest request, ApiOperation operation, RequestForm form)
    {
        if (plan.ShouldReject(form.FindUploadPath()))
        {
            return Fault.Rejected;
        }

        if (operation.IsList && plan.ShouldFailPage(request.Path, Paging.GetPageNumber(request) + 1))
        {
            return Fault.ListPage;
        }

        return plan.HasRates ? plan.Draw(operation.Name, GetSubject(request, form)) : Fault.None;
    }

    /// <returns>Null if the request is to be processed.</returns>
    public static ApiResponse? CreateResponseInsteadOfWork(Fault fault, EmulatorFaults settings) =>
        fault switch
        {
            Fault.Reset => ApiResponse.NoContent with { Delivery = Delivery.None },
            Fault.Error500 or Fault.ListPage => CreateInternalError(StatusCodes.Status500InternalServerError),
            Fault.Html503 => ApiResponse.ProxyError(
                StatusCodes.Status503ServiceUnavailable,
                "Service Temporarily Unavailable"
            ),
            Fault.Html502 => ApiResponse.ProxyError(StatusCodes.Status502BadGateway, "Bad Gateway"),
            Fault.Rejected => CreateRejection(settings),
            _ => null,
        };

    /// <summary>
    /// Applies a fault to the response of a request that was processed. Rejected requests never get here, because they
    /// end with an exception.
    /// </summary>
    /// <returns>Null if the fault does not change the response.</returns>
    public static ApiResponse? DamageResponse(Fault fault, ApiResponse response) =>
        fault switch
        {
            Fault.ResetAfterWork => response with { Delivery = Delivery.None },
            Fault.Truncated => response with { Delivery = response.Body.IsEmpty ? Delivery.None : Delivery.Truncated },
            Fault.BrokenJson when !response.Body.IsEmpty => response with
            {
                Body = response.Body[..(response.Body.Length / 2)],
            },
            _ => null,
        };

    public static ApiResponse CreateTooManyRequests(EmulatorFaults settings) =>
        ApiResponse.TooManyRequests(settings.ThrottledBody, "Too Many Requests");

    private static ApiResponse CreateInternalError(int status) =>
        ApiResponse.Error(status, ErrorCode.Internal, "An internal server error has occurred");

    private static ApiResponse CreateRejection(EmulatorFaults settings) =>
        settings.RejectStatus switch
        {
            StatusCodes.Status413PayloadTooLarge => ApiException.TooLarge().Response,
            StatusCodes.Status403Forbidden and var status => ApiResponse.Error(
                status,
                ErrorCode.Forbidden,
                "Forbidden"
            ),
            StatusCodes.Status429TooManyRequests => CreateTooManyRequests(settings),
            >= 500 and var status => CreateInternalError(status),
            var status => ApiResponse.Error(status, ErrorCode.InvalidParameter, "Invalid parameter"),
        };

    /// <summary>
    /// Gets the target of a request, which is the same in every run: its path with names instead of SIDs, the page, and
    /// the name, path or key in its form.
    /// </summary>
    private string GetSubject(HttpRequest request, RequestForm form)
    {
        var segments = request
            .Path.ToString()
            .Split('/')
            .Select(segment => Sid.IsSidOfAnyType(segment) ? stores.FindName(segment) ?? "*" : segment);
        var name = NamingFields.Select(form.Find).OfType<string>().FirstOrDefault();
        return $"{string.Join('/', segments)}?{Paging.GetPageNumber(request)}#{name}";
    }
}
