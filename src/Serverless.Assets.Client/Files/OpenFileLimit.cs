using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Serverless.Assets.Client;

/// <summary>
/// The number of files and connections that this process may have open (<c>ulimit -n</c>). .NET itself needs one for
/// each assembly, and ends the process if it cannot load one, so requests stay well below the limit.
/// </summary>
internal static partial class OpenFileLimit
{
    /// <summary>The reason of failures that the limit causes.</summary>
    public const string Message = "this process has too many open files and connections";

    /// <summary>The lowest limit that the tool runs with: 200 are not enough for the emulator.</summary>
    public const int Minimum = 240;

    /// <summary>What a run needs in addition to its requests, including assemblies that are not loaded yet.</summary>
    private const int Reserve = 200;

    /// <summary>What a run needs beyond the files that a process such as MSBuild already has open.</summary>
    private const int ReserveBeyondOpen = 50;

    /// <summary>A file, and a connection to each of the two hosts.</summary>
    private const int FilesPerRequest = 3;

    /// <summary><c>RLIMIT_NOFILE</c> of .NET's own native library, where it is the same on every Unix.</summary>
    private const int OpenFiles = 9;

    /// <summary>Null if there is no limit, or it is unknown.</summary>
    public static long? Value { get; } = Read();

    /// <summary>Gets the number of requests that may be in flight now; at least 1.</summary>
    public static int GetMaxRequests() => GetMaxRequests(Value, Value is null ? 0 : CountOpen());

    /// <inheritdoc cref="GetMaxRequests()"/>
    /// <param name="limit">See <see cref="Value"/>.</param>
    /// <param name="open">The number of files that are open now.</param>
    public static int GetMaxRequests(long? limit, int open) =>
        limit is null
            ? int.MaxValue
            : (int)
                Math.Clamp(
                    (limit.Value - Math.Max(Reserve, open + ReserveBeyondOpen)) / FilesPerRequest,
                    1,
                    int.MaxValue
                );

    /// <summary>Whether an operation failed because the limit, or that of the whole machine, is reached.</summary>
    public static bool IsCauseOf(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (
                failure is SocketException { SocketErrorCode: SocketError.TooManyOpenSockets }
                || (failure is IOException && IsTooManyOpenFiles(failure.HResult))
            )
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsTooManyOpenFiles(int error) =>
        OperatingSystem.IsWindows()
            ? error == unchecked((int)0x80070004) // ERROR_TOO_MANY_OPEN_FILES
            : error is 23 or 24; // ENFILE and EMFILE on every Unix

    private static int CountOpen()
    {
        try
        {
            return Directory
                .EnumerateFileSystemEntries(OperatingSystem.IsLinux() ? "/proc/self/fd" : "/dev/fd")
                .Count();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static long? Read()
    {
        try
        {
            return
                !OperatingSystem.IsWindows() && GetLimit(OpenFiles, out var limit) == 0 && limit.Current < int.MaxValue
                ? (long)limit.Current
                : null;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return null; // not documented functions of .NET
        }
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_GetRLimit")]
    private static partial int GetLimit(int resource, out Limit limit);

    private struct Limit
    {
        public ulong Current;
        public ulong Max;
    }
}
