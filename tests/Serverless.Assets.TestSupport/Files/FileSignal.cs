namespace Serverless.Assets.TestSupport;

/// <summary>Waits for a file that another process creates.</summary>
internal static class FileSignal
{
    /// <summary>Waits until a file that exists is deleted and created again, or replaced.</summary>
    public static Task WaitForNewAsync(string file)
    {
        var before = new FileInfo(file).LastWriteTimeUtc;
        return WaitForAsync(file, () => File.Exists(file) && new FileInfo(file).LastWriteTimeUtc != before);
    }

    /// <param name="file">Full path. Its folder need not exist, but the folder above that must.</param>
    public static Task WaitForAsync(string file) => WaitForAsync(file, () => File.Exists(file));

    private static async Task WaitForAsync(string file, Func<bool> condition)
    {
        var created = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(Path.GetDirectoryName(file))!)
        {
            IncludeSubdirectories = true,
        };
        watcher.Created += (_, _) => Check();
        watcher.Renamed += (_, _) => Check();
        watcher.EnableRaisingEvents = true;
        Check();
        await created.Task.WithinAsync(Path.GetFileName(file), Deadline.Build);

        void Check()
        {
            if (condition())
            {
                created.TrySetResult();
            }
        }
    }
}
