using System.Globalization;

namespace Serverless.Assets.TestSupport;

/// <summary>Runs <c>dotnet</c>, and keeps command, output and binary log of every run in a folder.</summary>
/// <param name="name">The first part of the file names.</param>
internal sealed class BuildRuns(string logFolder, string name)
{
    private int _count;

    /// <param name="restores">Of the projects that are built.</param>
    public async Task<ConsumerBuild> RunAsync(
        string folder,
        string[] arguments,
        IReadOnlyCollection<RestoreCache> restores,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var withoutRestore = RestoreCache.WithoutRestore(arguments);
        var isRestored = withoutRestore is not null && restores.All(restore => restore.TryUse());
        var log = Path.Combine(
            logFolder,
            string.Create(CultureInfo.InvariantCulture, $"{name}-{++_count}-{arguments[0]}")
        );
        string[] all =
        [
            .. isRestored ? withoutRestore! : arguments,
            $"-bl:{log}.binlog;ProjectImports=None",
            "-tl:off",
        ];
        var (exitCode, output) = await DotNet.RunAsync(folder, all, environment);
        await File.WriteAllTextAsync(
            $"{log}.log",
            $"dotnet {string.Join(' ', all)}\nexit code {exitCode}\n\n{output}",
            TestContext.Current.CancellationToken
        );
        if (withoutRestore is not null && !isRestored)
        {
            foreach (var restore in restores)
            {
                restore.Add();
            }
        }

        return new ConsumerBuild(exitCode, output, $"{log}.binlog");
    }
}
