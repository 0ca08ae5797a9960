using Microsoft.Build.Framework;
using Serverless.Assets.Build.Logging;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Reporting;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>What all tasks share: the bridge from MSBuild's synchronous call to the engine, cancellation, and the handling of exceptions.</summary>
public abstract class AssetTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    /// <summary>How long the end of the process waits for the task.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The exit code of a program that SIGTERM ended. Without it, <c>dotnet</c> exits with 0.</summary>
    private const int TerminatedExitCode = 143;

    /// <summary>One for each user, as lock files of another user can't be opened.</summary>
    private static readonly string LockDirectory = Path.Combine(
        Path.GetTempPath(),
        $"serverless-assets-{Environment.UserName}"
    );

    private readonly CancellationTokenSource _cancellation = new();

    private protected MSBuildAssetLogger Logger => field ??= new MSBuildAssetLogger(Log);

    /// <summary>Writes the reports of the run; null: there are none.</summary>
    private protected virtual RunReporter? Reporter => null;

    private protected EngineContext Context => field ??= CreateContext();

    /// <summary>For tests: creates the context of the engine.</summary>
    internal Func<IAssetLogger, EngineContext>? ContextFactory { get; init; }

    /// <summary>In a task host, MSBuild calls this in a loop until the task ends, so it must be cheap and must not log.</summary>
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
            return Task.Run(() => RunAsync(_cancellation.Token)).GetAwaiter().GetResult();
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

    /// <summary>Adds what an operation did to the reports, and logs it in one line.</summary>
    private protected void Report(OperationResult result)
    {
        Reporter?.Add(result);
        Logger.Log(LogLevel.Summary, $"Serverless assets: {RunOutcome.From(result).Summary}");
    }

    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ExecuteAsync(cancellationToken).ConfigureAwait(false) && !Log.HasLoggedErrors;
        }
        catch (Exception exception) // MSBuild reports an exception that leaves a task as a defect of the task.
        {
            var failure = RunFailure.From(exception, cancellationToken);
            Reporter?.Add(failure);
            foreach (var error in failure.Errors) // None after a cancellation, which MSBuild and the engine report.
            {
                Logger.Error(error);
            }

            if (failure.Unexpected is { } unexpected)
            {
                Log.LogMessage(MessageImportance.Low, "{0}", unexpected);
            }
        }
        finally
        {
            if (Reporter is not null)
            {
                await Reporter.PublishAsync(Logger, CancellationToken.None).ConfigureAwait(false);
            }
        }

        return false;
    }

    private EngineContext CreateContext()
    {
        IAssetLogger logger = Reporter is null
            ? Logger
            : new ReportingLogger(Logger, Reporter, BuildEngine8.ShouldTreatWarningAsError);
        var context = ContextFactory is null
            ? new EngineContext { Logger = logger, LockDirectory = LockDirectory }
            : ContextFactory(logger);
        return context with { Observer = Reporter?.Observer };
    }
}
