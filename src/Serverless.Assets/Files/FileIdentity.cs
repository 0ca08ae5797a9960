using System.Globalization;
using System.Runtime.InteropServices;

namespace Serverless.Assets.Files;

/// <summary>
/// Tells a file from another that was put in its place with the same size and time stamp (<c>cp -p</c>, an unpacked
/// archive, a restored cache). On Linux: inode and change time, from <c>statx</c>, whose layout is the same on every
/// architecture. Elsewhere: the time of creation, which Windows and macOS keep for each file.
/// </summary>
internal static partial class FileIdentity
{
    private const int CurrentDirectory = -100; // AT_FDCWD
    private const uint InodeAndChangeTime = 0x100 | 0x80; // STATX_INO | STATX_CTIME

    private static volatile bool _statxMissing = !OperatingSystem.IsLinux();

    public static string Of(FileInfo file)
    {
        if (!_statxMissing)
        {
            try
            {
                if (Statx(CurrentDirectory, file.FullName, 0, InodeAndChangeTime, out var status) == 0)
                {
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"{status.Inode}.{status.ChangeSeconds}.{status.ChangeNanoseconds}"
                    );
                }
            }
            catch (EntryPointNotFoundException)
            {
                _statxMissing = true; // a C library from before 2018
            }
        }

        return file.CreationTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out Status status);

    /// <summary>The first part of <c>struct statx</c> (man 2 statx); 256 bytes in all.</summary>
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
