namespace Serverless.Assets.Emulator.Api;

/// <summary>Numbers of the errors, as the service gives them.</summary>
internal static class ErrorCode
{
    public const int InvalidParameter = 20001;
    public const int NotAuthenticated = 20003;
    public const int NotAllowed = 20403;
    public const int NotFound = 20404;
    public const int Conflict = 20409;
    public const int TooManyRequests = 20429;
    public const int Internal = 20500;
}
