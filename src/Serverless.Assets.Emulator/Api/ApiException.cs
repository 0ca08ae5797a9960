namespace Serverless.Assets.Emulator.Api;

/// <summary>Ends a request with an error response and rolls back its transaction.</summary>
internal sealed class ApiException(ApiResponse response, string message) : Exception(message)
{
    public ApiResponse Response => response;

    /// <summary>400: a parameter or the state of a resource does not allow the operation.</summary>
    public static ApiException Invalid(string message) =>
        new(ApiResponse.Error(StatusCodes.Status400BadRequest, ErrorCode.InvalidParameter, message), message);

    /// <inheritdoc cref="Invalid(string)"/>
    public static ApiException Invalid(int code, string message) =>
        new(ApiResponse.Error(StatusCodes.Status400BadRequest, code, message), message);

    /// <summary>429, for more than the service allows within a time.</summary>
    public static ApiException TooMany(ThrottledBody body, string message) =>
        new(ApiResponse.TooManyRequests(body, message), message);

    /// <summary>401.</summary>
    public static ApiException NotAuthenticated() =>
        new(
            ApiResponse.Error(StatusCodes.Status401Unauthorized, ErrorCode.NotAuthenticated, "Authenticate"),
            "Authenticate"
        );

    /// <summary>403.</summary>
    public static ApiException Forbidden(string message) =>
        new(ApiResponse.Error(StatusCodes.Status403Forbidden, ErrorCode.Forbidden, message), message);

    /// <summary>404.</summary>
    public static ApiException NotFound(PathString path) => NotFound($"The requested resource {path} was not found");

    /// <inheritdoc cref="NotFound(PathString)"/>
    public static ApiException NotFound(string message) =>
        new(ApiResponse.Error(StatusCodes.Status404NotFound, ErrorCode.NotFound, message), message);

    /// <summary>409: a resource with this name exists, or the Build is already deployed.</summary>
    public static ApiException Conflict(string message) =>
        new(ApiResponse.Error(StatusCodes.Status409Conflict, ErrorCode.Conflict, message), message);

    /// <summary>413, from the proxy in front of the service.</summary>
    public static ApiException TooLarge() =>
        new(
            ApiResponse.ProxyError(StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large"),
            "Request Entity Too Large"
        );
}

/// <summary>The service's error codes.</summary>
internal static class ErrorCode
{
    public const int InvalidParameter = 20001;
    public const int NotAuthenticated = 20003;
    public const int Forbidden = 20403;
    public const int NotFound = 20404;
    public const int Conflict = 20409;
    public const int TooManyRequests = 20429;
    public const int Internal = 20500;

    /// <summary>A Build without a runtime would inherit one that is no longer supported.</summary>
    public const int InheritedRuntimeNotSupported = 82007;
}
