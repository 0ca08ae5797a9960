using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.Upload;

namespace Serverless.Assets.Connection;

/// <summary>The settings, the client and the upload state of one operation, and what it has changed so far.</summary>
internal sealed class OperationContext(
    ValidatedServiceSettings settings,
    ServiceConnection connection,
    UploadProgress progress,
    EngineContext engine,
    CancellationToken userCancellation
)
{
    /// <summary>Less than the time after which the command-line tool exits when it is canceled.</summary>
    private static readonly TimeSpan LimitAfterCancellation = TimeSpan.FromSeconds(3);

    /// <summary>The time limit of the run may have expired, so only an answer of the usual duration is waited for.</summary>
    private static readonly TimeSpan LimitAfterFailure = TimeSpan.FromSeconds(10);

    private readonly List<Diagnostic> _alsoReported = [];

    public ValidatedServiceSettings Settings => settings;

    public EngineContext Engine => engine;

    public ServerlessClient Client => connection.Client;

    public ServiceResolver ServiceResolver { get; } = new(connection.Client, settings, engine.Logger);

    /// <inheritdoc cref="ServiceConnection.BuildBudget"/>
    public BuildBudget BuildBudget => connection.BuildBudget;

    public UploadProgress Progress => progress;

    /// <summary>
    /// Canceled only by the user. The token of the operation is also canceled by its time limit.
    /// </summary>
    public CancellationToken UserCancellation => userCancellation;

    /// <summary>
    /// What the operation has changed so far; null: nothing. If it stops early, the fronts report this.
    /// </summary>
    public OperationResult? PartialResult { get; set; }

    /// <summary>Errors to report after the one that stops the operation.</summary>
    public IReadOnlyList<Diagnostic> AlsoReported => _alsoReported;

    /// <inheritdoc cref="AlsoReported"/>
    public void AlsoReport(params IReadOnlyList<Diagnostic> errors) => _alsoReported.AddRange(errors);

    /// <summary>
    /// Limits the time to find out what an operation that was interrupted has changed, after its own token was canceled
    /// or its time limit expired.
    /// </summary>
    public CancellationTokenSource LimitAfterInterruption() =>
        new(userCancellation.IsCancellationRequested ? LimitAfterCancellation : LimitAfterFailure, engine.Clock);

    /// <inheritdoc cref="ServiceConnection.OpenState"/>
    public UploadState OpenState() => connection.OpenState();
}
