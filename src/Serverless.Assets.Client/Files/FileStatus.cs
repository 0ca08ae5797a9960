using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Serverless.Assets.Client;

/// <summary>What is at a path. .NET reports pipes, sockets and devices as files.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or something that can't be accessed.</summary>
    None,
    Regular,
    Folder,
    NamedPipe,
    Socket,
    CharacterDevice,
    BlockDevice,
}

/// <summary>Gets what .NET does not expose about a file: what kind it is, and who owns it.</summary>
internal static partial class FileStatus
{
    private const string Runtime = "libSystem.Native";

    /// <summary>Paths of devices and pipes on Windows, where <c>NUL</c> has the full path <c>\\.\NUL</c>.</summary>
    private const string WindowsDevices = @"\\.\";

    /// <summary>Whether .NET's own native library has the functions below. They are not documented.</summary>
    private static readonly bool HasStat = !OperatingSystem.IsWindows() && Probe();

    /// <summary>Determines the kind without opening the file, which can block or have an effect on a device.</summary>
    /// <param name="path">If it is a link, the kind is that of its target.</param>
    public static FileKind GetKind(string path)
    {
        if (HasStat)
        {
            return Stat(path, out var status) == 0 ? From(status.Mode) : FileKind.None;
        }

        return OperatingSystem.IsWindows()
            && Path.GetFullPath(path).StartsWith(WindowsDevices, StringComparison.Ordinal)
                ? FileKind.CharacterDevice
            : Directory.Exists(path) ? FileKind.Folder
            : File.Exists(path) && !IsBroken(new FileInfo(path)) ? FileKind.Regular
            : FileKind.None;
    }

    /// <summary>Determines the kind of an open file.</summary>
    public static FileKind GetKind(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            return GetFileType(file) switch
            {
                1 => FileKind.Regular, // FILE_TYPE_DISK; a folder can't be opened
                3 => FileKind.NamedPipe, // FILE_TYPE_PIPE
                _ => FileKind.CharacterDevice,
            };
        }

        return !HasStat ? FileKind.Regular
            : Stat(file, out var status) == 0 ? From(status.Mode)
            : FileKind.None;
    }

    /// <summary>Gets the ID of the user that a file or folder belongs to; null on Windows.</summary>
    /// <param name="path">If it is a link, the owner is that of its target.</param>
    public static uint? GetOwner(string path) => HasStat && Stat(path, out var status) == 0 ? status.User : null;

    /// <summary>The ID of the user with whose rights this process runs; null on Windows.</summary>
    public static uint? CurrentUser => HasStat ? GetEffectiveUser() : null;

    /// <summary>With its article, such as <c>a named pipe</c>.</summary>
    public static string Describe(this FileKind kind) =>
        kind switch
        {
            FileKind.None => "missing",
            FileKind.Regular => "a regular file",
            FileKind.Folder => "a folder",
            FileKind.NamedPipe => "a named pipe",
            FileKind.Socket => "a socket",
            _ => "a device",
        };

    private static bool Probe()
    {
        try
        {
            _ = GetEffectiveUser();
            return Stat("/", out _) == 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    private static bool IsBroken(FileInfo file) =>
        file.LinkTarget is not null && file.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true };

    /// <param name="mode"><c>st_mode</c>; all systems have the same values for the type.</param>
    private static FileKind From(int mode) =>
        (mode & 0xF000) switch
        {
            0x1000 => FileKind.NamedPipe,
            0x2000 => FileKind.CharacterDevice,
            0x4000 => FileKind.Folder,
            0x6000 => FileKind.BlockDevice,
            0xC000 => FileKind.Socket,
            _ => FileKind.Regular,
        };

    [LibraryImport(Runtime, EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(string path, out Status status);

    [LibraryImport(Runtime, EntryPoint = "SystemNative_FStat")]
    private static partial int Stat(SafeFileHandle file, out Status status);

    [LibraryImport(Runtime, EntryPoint = "SystemNative_GetEUid")]
    private static partial uint GetEffectiveUser();

    [LibraryImport("kernel32")]
    private static partial uint GetFileType(SafeFileHandle file);

    /// <summary>
    /// The start of the structure that .NET's own native library fills in on every Unix, where the layout of
    /// <c>struct stat</c> depends on the system and the processor. Larger than that structure, which may grow.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = 512)]
    private struct Status
    {
        [FieldOffset(4)]
        public int Mode;

        [FieldOffset(8)]
        public uint User;
    }
}

/// <summary>A path that must lead to a regular file leads to something else.</summary>
internal sealed class NotRegularFileException(FileKind kind, string? what = null, string? subject = null)
    : IOException($"{subject ?? "it"} is {what ?? kind.Describe()}, not a regular file")
{
    public FileKind Kind { get; } = kind;
}
