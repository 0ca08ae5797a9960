using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The responses to requests that end with an exception.</summary>
internal static class RequestErrors
{
    /// <summary>
    /// The code of an <see cref="IOException"/> that is not an error of the operating system, such as a full disk.
    /// </summary>
    private const int UnspecificError = unchecked((int)0x80131620);

    public static ApiResponse CreateResponse(Exception exception, Stores stores) =>
        exception switch
        {
            ApiException refused => refused.Response,
            BadHttpRequestException malformed => ApiResponse.Error(
                malformed.StatusCode,
                ErrorCode.InvalidParameter,
                malformed.Message
            ),
            InvalidDataException malformed => ApiException.Invalid(malformed.Message).Response,

            // The body ends early, or a chunk is longer than any number.
            IOException { HResult: UnspecificError } malformed => ApiException.Invalid(malformed.Message).Response,

            // A reset has deleted it after the request has found it.
            StoredContentException { IsMissing: true } missing when !stores.RefersTo(missing.Sha256) => ApiException
                .NotFound("The content was deleted during the request")
                .Response,

            StoredContentException missing => ApiResponse.Error(
                StatusCodes.Status500InternalServerError,
                ErrorCode.Internal,
                missing.Message
            ),

            // A bug in the emulator. The user is a developer, who needs the details.
            _ => ApiResponse.Error(
                StatusCodes.Status500InternalServerError,
                ErrorCode.Internal,
                $"Unexpected error in the emulator: {exception}"
            ),
        };

    /// <summary>Sends the error of a request that no endpoint has answered.</summary>
    public static async Task HandleAsync(HttpContext context, RequestDelegate next, Stores stores)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception)
            when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            context.Response.Clear();
            await CreateResponse(exception, stores).SendAsync(context);
        }
    }
}
