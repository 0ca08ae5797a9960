using System.Runtime.InteropServices;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>The session of the process on Unix: the terminal and the processes that get its signals.</summary>
internal static partial class ProcessSession
{
    /// <summary>
    /// Leaves the session of the process that started this one, so that Ctrl+C, a closed terminal or a time limit ends
    /// that process alone. On Windows, a process that is started without a window does not share the console.
    /// </summary>
    public static void Leave()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SetSession(); // fails in a process that already leads a session or a group
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetSession();
}
