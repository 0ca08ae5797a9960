using Microsoft.Build.Logging.StructuredLogger;

namespace Serverless.Assets.EndToEnd.Tests.Support;

/// <summary>What a build did: its output, and what its binary log says.</summary>
internal sealed class BuildResult
{
    /// <summary>Where every code has its section.</summary>
    public const string HelpPage =
        "https://github.com/serverless-assets/Serverless.Assets.Build/blob/main/docs/diagnostics.md";

    private static readonly string[] OurTasks =
    [
        "CollectServerlessAssets",
        "PlanServerlessAssets",
        "UploadServerlessAssets",
        "BuildServerlessAssets",
        "DeployServerlessAssets",
        "VerifyServerlessAssets",
        "RollbackServerlessAssets",
        "PruneServerlessAssets",
        "StartServerlessEmulator",
        "ProbeServerlessCredentials",
        "GenerateServerlessAssetConstants",
        "StartServerlessReport",
    ];

    private readonly Build _build;

    public BuildResult(int exitCode, string output, string binaryLog)
    {
        ExitCode = exitCode;
        Output = output;
        BinaryLog = binaryLog;
        _build = Microsoft.Build.Logging.StructuredLogger.BinaryLog.ReadBuild(binaryLog);
        Errors = [.. All<Error>().Select(Describe).Distinct()];
        Warnings = [.. All<Warning>().Select(Describe).Distinct()];
    }

    public int ExitCode { get; }

    /// <summary>What the console shows at its usual verbosity.</summary>
    public string Output { get; }

    /// <summary>Path of the log.</summary>
    public string BinaryLog { get; }

    public IReadOnlyList<BuildProblem> Errors { get; }

    public IReadOnlyList<BuildProblem> Warnings { get; }

    /// <summary>All messages, also those that only a diagnostic log shows.</summary>
    public IEnumerable<string> Messages => All<Message>().Select(message => message.Text);

    /// <summary>What the package's tasks said themselves, of any importance.</summary>
    public IEnumerable<string> OwnMessages =>
        All<Microsoft.Build.Logging.StructuredLogger.Task>()
            .Where(task => OurTasks.Contains(task.Name))
            .SelectMany(task => task.Children.OfType<Message>())
            .Select(message => message.Text);

    /// <summary>How often each of the package's tasks ran; empty: none did.</summary>
    public IReadOnlyDictionary<string, int> Tasks =>
        All<Microsoft.Build.Logging.StructuredLogger.Task>()
            .Where(task => OurTasks.Contains(task.Name))
            .CountBy(task => task.Name)
            .ToDictionary();

    /// <summary>How often each of the package's tasks ran, by project: <c>Site UploadServerlessAssets 1</c>, sorted.</summary>
    public IEnumerable<string> TasksByProject =>
        All<Microsoft.Build.Logging.StructuredLogger.Task>()
            .Where(task => OurTasks.Contains(task.Name))
            .CountBy(task => $"{Path.GetFileNameWithoutExtension(task.GetNearestParent<Project>()!.Name)} {task.Name}")
            .Select(count => $"{count.Key} {count.Value}")
            .Order(StringComparer.Ordinal);

    /// <summary>The package's tasks that MSBuild ran in another process, sorted.</summary>
    public IEnumerable<string> TasksInTaskHost =>
        All<Microsoft.Build.Logging.StructuredLogger.Task>()
            .Where(task =>
                OurTasks.Contains(task.Name)
                && task.FindChildrenRecursive<Message>()
                    .Any(message => message.Text.StartsWith("Launching task \"", StringComparison.Ordinal))
            )
            .Select(task => task.Name)
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>How often each of the package's targets ran; one that its condition skipped did not.</summary>
    public IReadOnlyDictionary<string, int> Targets =>
        All<Target>()
            .Where(target => target.Name.Contains("ServerlessAssets", StringComparison.Ordinal) && !target.Skipped)
            .CountBy(target => target.Name)
            .ToDictionary();

    /// <summary>The build, after a look that it succeeded and nothing was wrong.</summary>
    public BuildResult Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        Assert.Empty(Errors);
        Assert.Empty(Warnings);
        return this;
    }

    /// <summary>The build, after a look that it failed in the way builds fail.</summary>
    public BuildResult Failed()
    {
        Assert.True(ExitCode == 1, Output);
        Assert.NotEmpty(Errors);
        return this;
    }

    private IReadOnlyList<T> All<T>()
        where T : BaseNode => _build.FindChildrenRecursive<T>();

    /// <summary>A problem without its help link, after a look that one of ours ends with it.</summary>
    private static BuildProblem Describe(AbstractDiagnostic diagnostic)
    {
        var text = diagnostic.Text;
        if (diagnostic.Code.StartsWith("SAB", StringComparison.Ordinal))
        {
            var end = $" ({HelpPage}#{diagnostic.Code.ToLowerInvariant()})";
            Assert.EndsWith(end, text, StringComparison.Ordinal);
            text = text[..^end.Length];
        }

        return new BuildProblem(diagnostic.Code, diagnostic.File, diagnostic.LineNumber, text);
    }
}
