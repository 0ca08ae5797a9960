using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;

namespace Serverless.Assets.Results;

/// <summary>The result of one operation on several Services.</summary>
/// <param name="Services">In the order in which the operation ran. Those that it has not reached are missing.</param>
/// <param name="Count">The number of Services of the operation.</param>
internal sealed record ServicesResult(IReadOnlyList<ServiceResult> Services, int Count) : OperationResult
{
    /// <summary>A clause for messages, such as <c>1 of 2 Services completed</c>.</summary>
    public SanitizedText Completed =>
        $"{Services.Count(service => service is { Errors: [], IsCanceled: false })} of "
        + $"{Quantity.Format(Count, "Service")} completed";

    /// <summary>Gets the Builds of deployments as an operation of their own; null if there are none.</summary>
    public ServicesResult? SelectBuilds()
    {
        var builds = Services
            .Select(service =>
                service with
                {
                    Operation = service.Operation switch
                    {
                        DeployResult deployment => deployment.Build,
                        InterruptedDeployment interrupted => interrupted.Build,
                        _ => null,
                    },
                }
            )
            .Where(service => service.Operation is not null)
            .ToList();
        return builds is [] ? null : new ServicesResult(builds, Count);
    }

    internal override Sid? Service => Services.Select(service => service.Operation?.Service).FirstOrDefault();

    internal override IReadOnlyList<ComparedAsset>? ComparedAssets =>
        Services.Select(service => service.Operation?.ComparedAssets).OfType<IReadOnlyList<ComparedAsset>>().ToArray()
            is { Length: > 0 } compared
            ? ComparedAsset.Sort(compared)
            : null;
}

/// <summary>The result of an operation on one of its Services.</summary>
/// <param name="Key">Empty for the default Service; otherwise as a rule names it.</param>
/// <param name="Name">Unique name or SID of the Service, as the settings name it.</param>
/// <param name="Operation">What it did, also if it failed; null: nothing.</param>
internal sealed record ServiceResult(string Key, string Name, OperationResult? Operation)
{
    /// <summary>Empty unless the operation failed for this Service.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    public bool IsCanceled { get; init; }

    /// <summary>The operation as if this were its only Service.</summary>
    public RunResult ToRun() => new RunResult { Errors = Errors, IsCanceled = IsCanceled }.With(Operation);
}

internal static class ServiceResults
{
    /// <inheritdoc cref="GetOperations"/>
    public static IReadOnlyList<ServiceResult> GetServices(this OperationResult result) =>
        result is ServicesResult services
            ? services.Services
            : [new ServiceResult(Key: "", Name: result.Service ?? "", result)];

    /// <summary>Gets the result for each Service, also if there is only one.</summary>
    public static IReadOnlyList<OperationResult> GetOperations(this OperationResult? result) =>
        result switch
        {
            null => [],
            ServicesResult services =>
            [
                .. services.Services.Select(service => service.Operation).OfType<OperationResult>(),
            ],
            _ => [result],
        };
}
