using System.Collections;
using System.Collections.Concurrent;
using Microsoft.Build.Framework;

namespace Serverless.Assets.TestSupport;

/// <summary>
/// Replaces MSBuild and records what a task logs and registers. Tasks log from several threads concurrently.
/// </summary>
internal sealed class CapturingBuildEngine : IBuildEngine10
{
    /// <summary>The position of the task, which MSBuild reports for an error without a file.</summary>
    public const string TaskFile = "/projects/site/site.csproj";
    public const int TaskLine = 7;

    private readonly Lock _lock = new();
    private readonly List<LoggedEvent> _events = [];
    private readonly Signal _logged = new();

    /// <summary>What a person sees: errors, warnings and messages of high importance, in their order.</summary>
    public IReadOnlyList<LoggedEvent> Log => [.. All.Where(logged => logged.Kind is "error" or "warning" or "High")];

    /// <summary>Everything, including what only a diagnostic log contains.</summary>
    public IReadOnlyList<LoggedEvent> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _events];
            }
        }
    }

    public ConcurrentDictionary<object, object> TaskObjects { get; init; } = new();

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => TaskLine;

    public int ColumnNumberOfTaskNode => 5;

    public string ProjectFileOfTaskNode => TaskFile;

    public bool IsRunningMultipleNodes => false;

    public bool AllowFailureWithoutError { get; set; }

    public EngineServices EngineServices { get; } = new EverythingIsLogged();

    /// <summary>Waits until such an event has been logged.</summary>
    public Task WaitForAsync(Func<LoggedEvent, bool> isExpected) =>
        _logged.WaitForAsync(() => All.Any(isExpected), "the event in the log");

    public void LogErrorEvent(BuildErrorEventArgs e) =>
        Add(new LoggedEvent("error", e.Message!, e.Code, e.File, e.LineNumber, e.HelpLink, e.Subcategory));

    public void LogWarningEvent(BuildWarningEventArgs e) =>
        Add(new LoggedEvent("warning", e.Message!, e.Code, e.File, e.LineNumber, e.HelpLink, e.Subcategory));

    public void LogMessageEvent(BuildMessageEventArgs e) => Add(new LoggedEvent($"{e.Importance}", e.Message!));

    public void LogCustomEvent(CustomBuildEventArgs e) => Add(new LoggedEvent("custom", e.Message!));

    public void LogTelemetry(string eventName, IDictionary<string, string> properties) =>
        Add(new LoggedEvent("telemetry", $"{eventName} {string.Join(';', properties)}"));

    public void RegisterTaskObject(
        object key,
        object obj,
        RegisteredTaskObjectLifetime lifetime,
        bool allowEarlyCollection
    ) => TaskObjects[key] = obj;

    public object? GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) =>
        TaskObjects.GetValueOrDefault(key);

    public object? UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) =>
        TaskObjects.TryRemove(key, out var removed) ? removed : null;

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => new Dictionary<string, string>();

    public bool ShouldTreatWarningAsError(string warningCode) => false;

    public int RequestCores(int requestedCores) => 1;

    public void ReleaseCores(int coresToRelease) { }

    public void Yield() { }

    public void Reacquire() { }

    public bool BuildProjectFile(
        string projectFileName,
        string[] targetNames,
        IDictionary globalProperties,
        IDictionary targetOutputs
    ) => throw new NotSupportedException();

    public bool BuildProjectFile(
        string projectFileName,
        string[] targetNames,
        IDictionary globalProperties,
        IDictionary targetOutputs,
        string toolsVersion
    ) => throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames,
        string[] targetNames,
        IDictionary[] globalProperties,
        IDictionary[] targetOutputsPerProject,
        string[] toolsVersion,
        bool useResultsCache,
        bool unloadProjectsOnCompletion
    ) => throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames,
        string[] targetNames,
        IDictionary[] globalProperties,
        IList<string>[] removeGlobalProperties,
        string[] toolsVersion,
        bool returnTargetOutputs
    ) => throw new NotSupportedException();

    private void Add(LoggedEvent logged)
    {
        lock (_lock)
        {
            _events.Add(logged);
        }

        _logged.Set();
    }

    private sealed class EverythingIsLogged : EngineServices
    {
        public override bool LogsMessagesOfImportance(MessageImportance importance) => true;

        public override bool IsTaskInputLoggingEnabled => true;
    }
}
