namespace Serverless.Assets.Files;

/// <summary>Recognizes files that another process has locked.</summary>
internal static class LockedFile
{
    /// <summary>
    /// Whether a file could not be opened because another process has it open, so that waiting may help. False if it
    /// cannot be opened at all.
    /// </summary>
    public static bool IsHeldByAnother(IOException failure) =>
        OperatingSystem.IsWindows()
            // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
            ? failure.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
            : failure.HResult is 11 or 35; // EWOULDBLOCK on Linux and on macOS
}
