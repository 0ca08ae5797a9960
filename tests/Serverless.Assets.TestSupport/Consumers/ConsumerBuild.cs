using Microsoft.Build.Logging.StructuredLogger;

namespace Serverless.Assets.TestSupport;

/// <summary>An error or a warning of a build, without its help link.</summary>
internal sealed record BuildProblem(string Code, string File, int Line, string Text);

/// <summary>The output and the binary log of a build.</summary>
internal sealed class ConsumerBuild
{
    private readonly Build _build;

    public ConsumerBuild(int exitCode, string output, string binaryLog)
    {
        ExitCode = exitCode;
        Output = output;
        BinaryLog = binaryLog;
        _build = Microsoft.Build.Logging.StructuredLogger.BinaryLog.ReadBuild(binaryLog);
        Errors = [.. All<Error>().Select(Describe).Distinct()];
        Warnings = [.. All<Warning>().Select(Describe).Distinct()];
    }

    public int ExitCode { get; }

    /// <summary>What the console shows at the default verbosity.</summary>
    public string Output { get; }

    /// <summary>Full path of the binary log.</summary>
    public string BinaryLog { get; }

    public IReadOnlyList<BuildProblem> Errors { get; }

    public IReadOnlyList<BuildProblem> Warnings { get; }

    /// <summary>All messages, including those that only a diagnostic log shows.</summary>
    public IEnumerable<string> Messages => All<Message>().Select(message => message.Text);

    /// <summary>The messages of the package's own tasks, of any importance.</summary>
    public IEnumerable<string> OwnMessages =>
        PackageTaskRuns.SelectMany(task => task.Children.OfType<Message>()).Select(message => message.Text);

    /// <summary>How often each of the package's tasks ran.</summary>
    public IReadOnlyDictionary<string, int> Tasks => PackageTaskRuns.CountBy(task => task.Name).ToDictionary();

    /// <summary>
    /// How often each of the package's tasks ran, by project: <c>Site UploadServerlessAssets 1</c>, sorted.
    /// </summary>
    public IEnumerable<string> TasksByProject =>
        PackageTaskRuns
            .CountBy(task => $"{Path.GetFileNameWithoutExtension(task.GetNearestParent<Project>()!.Name)} {task.Name}")
            .Select(count => $"{count.Key} {count.Value}")
            .Order(StringComparer.Ordinal);

    /// <summary>The package's tasks that MSBuild ran in another process, sorted.</summary>
    public IEnumerable<string> TasksInTaskHost =>
        PackageTaskRuns
            .Where(task =>
                task.FindChildrenRecursive<Message>()
                    .Any(message => message.Text.StartsWith("Launching task \"", StringComparison.Ordinal))
            )
            .Select(task => task.Name)
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <summary>How often each of the package's targets ran, not counting those that their condition skipped.</summary>
    public IReadOnlyDictionary<string, int> Targets =>
        All<Target>()
            .Where(target => target.Name.Contains("ServerlessAssets", StringComparison.Ordinal) && !target.Skipped)
            .CountBy(target => target.Name)
            .ToDictionary();

    private IEnumerable<Microsoft.Build.Logging.StructuredLogger.Task> PackageTaskRuns =>
        All<Microsoft.Build.Logging.StructuredLogger.Task>().Where(task => PackageTasks.Names.Contains(task.Name));

    /// <summary>Asserts that the build succeeded without errors and warnings.</summary>
    public ConsumerBuild Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        Assert.Empty(Errors);
        Assert.Empty(Warnings);
        return this;
    }

    /// <summary>Asserts that the build failed with an error.</summary>
    public ConsumerBuild Failed()
    {
        Assert.True(ExitCode == 1, Output);
        Assert.NotEmpty(Errors);
        return this;
    }

    private IReadOnlyList<T> All<T>()
        where T : BaseNode => _build.FindChildrenRecursive<T>();

    /// <summary>Removes the help link, and asserts that a diagnostic of the package has one.</summary>
    private static BuildProblem Describe(AbstractDiagnostic diagnostic)
    {
        var text = diagnostic.Text;
        if (diagnostic.Code.StartsWith("SAB", StringComparison.Ordinal))
        {
            var end = $" ({ExpectedMessages.GetHelpLink(diagnostic.Code)})";
            Assert.EndsWith(end, text, StringComparison.Ordinal);
            text = text[..^end.Length];
        }

        return new BuildProblem(diagnostic.Code, diagnostic.File, diagnostic.LineNumber, text);
    }
}
