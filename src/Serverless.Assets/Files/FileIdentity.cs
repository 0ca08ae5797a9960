using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Serverless.Assets.Files;

/// <summary>
/// Distinguishes a file from one that replaced it with the same size and time stamp, as <c>cp -p</c>, an unpacked
/// archive or a restored cache does. On Linux, the identity is the inode and the change time from <c>statx</c>, whose
/// layout is the same on every architecture. On other systems, it is the creation time, which Windows and macOS store
/// for each file.
/// </summary>
internal static partial class FileIdentity
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const int OfDescriptor = 0x1000; // AT_EMPTY_PATH
    private const uint InodeAndChangeTime = 0x100 | 0x80; // STATX_INO | STATX_CTIME

    private static volatile bool _statxMissing = !OperatingSystem.IsLinux();

    public static string Get(FileInfo file) =>
        Find(CurrentDirectory, file.FullName, 0) ?? file.CreationTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);

    /// <summary>Gets the identity of an open file, whatever is now at the path that it was opened with.</summary>
    public static string Get(SafeFileHandle file) =>
        Find((int)file.DangerousGetHandle(), "", OfDescriptor)
        ?? File.GetCreationTimeUtc(file).Ticks.ToString(CultureInfo.InvariantCulture);

    /// <returns>Null if <c>statx</c> is not available.</returns>
    private static string? Find(int directory, string path, int flags)
    {
        if (_statxMissing)
        {
            return null;
        }

        try
        {
            return Statx(directory, path, flags, InodeAndChangeTime, out var status) == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{status.Inode}.{status.ChangeSeconds}.{status.ChangeNanoseconds}"
                )
                : null;
        }
        catch (EntryPointNotFoundException)
        {
            _statxMissing = true; // glibc before 2.28 (2018)
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out Status status);

    /// <summary>The used fields of <c>struct statx</c>, which has 256 bytes (man 2 statx).</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(96)]
        public long ChangeSeconds;

        [FieldOffset(104)]
        public uint ChangeNanoseconds;
    }
}
