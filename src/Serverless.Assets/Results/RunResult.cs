using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>The result of one operation of a pipeline.</summary>
internal abstract record OperationResult
{
    /// <summary>The SID of the Service; null if it does not exist yet or the operation needs none.</summary>
    internal abstract Sid? Service { get; }

    /// <summary>The assets compared with an earlier state; null if the operation compares none.</summary>
    internal virtual IReadOnlyList<ComparedAsset>? ComparedAssets => null;
}

/// <summary>
/// What a run did: one operation in the command-line tool, or the operations of several tasks in a build. A front adds
/// warnings and, if the run stopped early, the reason.
/// </summary>
internal sealed record RunResult
{
    /// <summary>
    /// The operations in the order in which they ran. An operation that stopped early is included if it changed
    /// something.
    /// </summary>
    public IReadOnlyList<OperationResult> Operations { get; init; } = [];

    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>Empty unless the run failed.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    public bool IsCanceled { get; init; }

    /// <summary>Null if the run stopped before it found the Service.</summary>
    public Sid? ServiceSid =>
        Operations.Select(operation => operation.Service).LastOrDefault(service => service is not null);

    /// <summary>
    /// The run as if each of its Services were the only one, in the order in which they were reached. Empty if the run has
    /// a single one.
    /// </summary>
    public IReadOnlyList<ServiceRun> Services =>
        [
            .. Operations
                .OfType<ServicesResult>()
                .SelectMany(operation => operation.Services)
                .GroupBy(service => service.Name, StringComparer.Ordinal)
                .Select(service => new ServiceRun(
                    service.Key,
                    new RunResult
                    {
                        Operations = [.. service.Select(result => result.Operation).OfType<OperationResult>()],
                        Errors = [.. service.SelectMany(result => result.Errors)],
                        IsCanceled = service.Any(result => result.IsCanceled),
                    }
                )),
        ];

    /// <summary>That of the first Service, as all single results are if there are several.</summary>
    public UploadPlan? Plan => Find<UploadPlan>();

    /// <inheritdoc cref="Plan"/>
    public UploadResult? Upload => Find<UploadResult>();

    /// <summary>The totals of the last upload to all Services; null if there was none.</summary>
    public UploadTotals? UploadTotals =>
        FindAll<UploadResult>() is { Count: > 0 } uploads
            ? new UploadTotals(
                uploads.Sum(upload => upload.UploadedCount),
                uploads.Sum(upload => upload.UnchangedCount)
            )
            : null;

    /// <inheritdoc cref="Plan"/>
    public BuildResult? Build => Find<BuildResult>();

    /// <inheritdoc cref="Plan"/>
    public DeployResult? Deployment => Find<DeployResult>();

    /// <summary>The last Build that was deployed, otherwise the last one that was created or reused.</summary>
    public Sid? BuildSid => Deployment?.BuildSid ?? Build?.BuildSid;

    /// <summary>The full path of the manifest that the run wrote or left unchanged.</summary>
    public string? ManifestPath => Upload?.ManifestPath ?? Find<MergeResult>()?.ManifestPath;

    /// <summary>The assets of the last operation that compares them, sorted by path.</summary>
    public IReadOnlyList<ComparedAsset> Assets => LastComparison?.ComparedAssets ?? [];

    /// <summary>
    /// Whether <see cref="Assets"/> are compared with earlier uploads. Otherwise, they are compared with the live
    /// Build.
    /// </summary>
    public bool IsComparedWithUploads => LastComparison.GetOperations() is [UploadResult, ..];

    private OperationResult? LastComparison =>
        Operations.LastOrDefault(operation => operation.ComparedAssets is not null);

    public RunResult With(OperationResult? operation) =>
        operation switch
        {
            null => this,
            DeployResult { Build: { } build } => this with { Operations = [.. Operations, build, operation] },
            InterruptedDeployment { Build: { } build } => this with { Operations = [.. Operations, build, operation] },
            ServicesResult services when services.SelectBuilds() is { } builds => this with
            {
                Operations = [.. Operations, builds, operation],
            },
            _ => this with { Operations = [.. Operations, operation] },
        };

    public RunResult With(RunFailure failure) =>
        With(failure.PartialResult) with
        {
            Errors = [.. Errors, .. failure.Errors],
            IsCanceled = IsCanceled || failure.IsCanceled,
        };

    private T? Find<T>()
        where T : OperationResult =>
        FindAll<T>() switch
        {
            [var first, ..] => first,
            _ => null,
        };

    /// <summary>Finds the results of the last operation that has some of this type: one for each Service.</summary>
    private List<T> FindAll<T>()
        where T : OperationResult =>
        Operations
            .Select(operation => operation.GetOperations().OfType<T>().ToList())
            .LastOrDefault(results => results.Count > 0)
        ?? [];
}

/// <summary>The part of a run that is about one of its Services.</summary>
/// <param name="Name">Unique name or SID of the Service, as the settings name it.</param>
internal sealed record ServiceRun(string Name, RunResult Run);

/// <summary>The number of Asset Versions that were created, and of those that existed.</summary>
internal sealed record UploadTotals(int Uploaded, int Unchanged);
