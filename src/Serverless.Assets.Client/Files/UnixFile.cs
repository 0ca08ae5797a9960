using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Serverless.Assets.Client;

/// <summary>
/// Opens files on Linux and macOS with flags that .NET does not offer: without waiting for the other end of a pipe, and
/// without following a link. Where the flags are unknown, each method returns null, and the caller uses .NET.
/// </summary>
internal static partial class UnixFile
{
    private const int Read = 0;
    private const int Write = 1;
    private const int LockShared = 1;
    private const int LockNonBlocking = 4;

    private static readonly Flags? Known =
        OperatingSystem.IsLinux()
            ? new Flags(
                NonBlocking: 0x800,
                CloseOnExec: 0x80000,
                NoTerminal: 0x100,
                NoFollow: RuntimeInformation.ProcessArchitecture
                    is Architecture.Arm
                        or Architecture.Arm64
                        or Architecture.Armv6
                        or Architecture.Ppc64le
                    ? 0x8000
                    : 0x20000
            )
        : OperatingSystem.IsMacOS()
            ? new Flags(NonBlocking: 0x4, CloseOnExec: 0x1000000, NoTerminal: 0x20000, NoFollow: 0x100)
        : null;

    /// <summary>Opens a file for reading, and takes the lock by which .NET programs share it.</summary>
    /// <returns>Null if that fails. Opening it with .NET then throws an exception with the reason.</returns>
    public static SafeFileHandle? TryOpenRead(string path, bool followsLink)
    {
        if (Known is not { } flags || TryOpen(path, Read | (followsLink ? 0 : flags.NoFollow)) is not { } file)
        {
            return null;
        }

        if (Lock(file, LockShared | LockNonBlocking) < 0 && Marshal.GetLastPInvokeError() == WouldBlock)
        {
            file.Dispose();
            return null;
        }

        return file;
    }

    /// <summary>Opens a pipe or a device for writing. Writes to a pipe that is full fail instead of waiting.</summary>
    /// <returns>Null if that fails, for example because no program reads from the pipe.</returns>
    public static SafeFileHandle? TryOpenWrite(string path) => Known is null ? null : TryOpen(path, Write);

    /// <summary><c>EAGAIN</c>: a lock is held, or a pipe is full.</summary>
    public static int WouldBlock { get; } = OperatingSystem.IsLinux() ? 11 : 35;

    private static SafeFileHandle? TryOpen(string path, int access)
    {
        var flags = Known!;
        var file = new SafeFileHandle(
            (nint)Open(path, access | flags.NonBlocking | flags.CloseOnExec | flags.NoTerminal),
            ownsHandle: true
        );
        if (!file.IsInvalid)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Lock(SafeFileHandle file, int operation);

    /// <summary>The values of <c>O_NONBLOCK</c>, <c>O_CLOEXEC</c>, <c>O_NOCTTY</c> and <c>O_NOFOLLOW</c>.</summary>
    private sealed record Flags(int NonBlocking, int CloseOnExec, int NoTerminal, int NoFollow);
}
