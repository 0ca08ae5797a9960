namespace Serverless.Assets.Emulator.Api;

/// <summary>Ends the work on a request with an error answer; what it did inside a transaction is undone.</summary>
internal sealed class ApiException(ApiAnswer answer) : Exception($"Answered {answer.Status}.")
{
    public ApiAnswer Answer => answer;

    /// <summary>400: a parameter or the state of a resource does not allow it.</summary>
    public static ApiException Invalid(string message) =>
        new(ApiAnswer.Error(StatusCodes.Status400BadRequest, ErrorCode.InvalidParameter, message));

    public static ApiException NotAuthenticated() =>
        new(ApiAnswer.Error(StatusCodes.Status401Unauthorized, ErrorCode.NotAuthenticated, "Authenticate"));

    public static ApiException Conflict(string message) =>
        new(ApiAnswer.Error(StatusCodes.Status409Conflict, ErrorCode.Conflict, message));

    public static ApiException NotFound(string what) =>
        new(
            ApiAnswer.Error(
                StatusCodes.Status404NotFound,
                ErrorCode.NotFound,
                $"The requested resource {what} was not found"
            )
        );

    public static ApiException TooLarge() =>
        new(ApiAnswer.ProxyError(StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large"));
}
