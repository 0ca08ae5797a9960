using System.Globalization;
using Microsoft.Build.Framework;
using Serverless.Assets.Build.Logging;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Reporting;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// The base of all tasks: bridges MSBuild's synchronous call to the engine, and handles cancellation and exceptions.
/// </summary>
public abstract class AssetTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    /// <summary>How long process exit waits for the task.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The exit code of a program terminated by SIGTERM. By default, <c>dotnet</c> would exit with 0.
    /// </summary>
    private const int TerminatedExitCode = 143;

    private readonly CancellationTokenSource _cancellation = new();

    private protected MSBuildAssetLogger Logger => field ??= new MSBuildAssetLogger(Log);

    /// <summary>Writes the reports of the run; null if none are requested, or if they do not show this task.</summary>
    private protected virtual RunReporter? Reporter => null;

    /// <summary>The connections that the project's tasks share; null if this task needs none.</summary>
    private protected virtual ServiceConnectionCache? Connections => null;

    private protected EngineContext Context => field ??= CreateContext();

    /// <summary>For tests: replaces the engine context.</summary>
    internal Func<IAssetLogger, EngineContext>? ContextFactory { get; init; }

    /// <summary>Must be cheap and must not log, because a task host calls it in a loop until the task ends.</summary>
    public void Cancel() => _cancellation.Cancel();

    public sealed override bool Execute()
    {
        using var done = new ManualResetEventSlim();
        EventHandler onProcessExit = (_, _) =>
        {
            Cancel();
            done.Wait(ShutdownTimeout);
            Environment.ExitCode = TerminatedExitCode;
        };
        AppDomain.CurrentDomain.ProcessExit += onProcessExit;
        try
        {
            return Task.Run(() =>
                {
                    // MSBuild has the culture of the user. Here and in all that follows, it must not matter.
                    CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                    return RunAsync(_cancellation.Token);
                })
                .GetAwaiter()
                .GetResult();
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= onProcessExit;
            done.Set();
        }
    }

    public void Dispose()
    {
        _cancellation.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The work of the task. An <see cref="AssetException"/> becomes its errors.</summary>
    private protected abstract Task<bool> ExecuteAsync(CancellationToken cancellationToken);

    /// <summary>Logs a line about the assets of the project, which starts with the name of the product.</summary>
    private protected void LogSummary(SanitizedText text) => Logger.Log(LogLevel.Summary, $"Serverless assets: {text}");

    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var succeeded = false;
        await RunBoundary
            .RunAsync(
                async () =>
                {
                    SecretRedactor.AddEnvironment(Context.GetEnvironmentVariable);
                    succeeded = await ExecuteAsync(cancellationToken).ConfigureAwait(false) && !Log.HasLoggedErrors;
                },
                Reporter,
                Logger,
                cancellationToken
            )
            .ConfigureAwait(false);
        return succeeded;
    }

    private EngineContext CreateContext()
    {
        IAssetLogger logger = Reporter is null
            ? Logger
            : new ReportingLogger(Logger, Reporter, BuildEngine8.ShouldTreatWarningAsError);
        var context = ContextFactory is null
            ? new EngineContext { Logger = logger, LockDirectory = LockFolder.UserFolder }
            : ContextFactory(logger);
        return context with { Observer = Reporter?.Observer, Connections = Connections };
    }
}
