using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>
/// A Build that the service refuses. A Build takes its runtime and its dependencies from an earlier one, and the service
/// stops accepting old runtimes and versions.
/// </summary>
internal sealed class RefusedBuild(ServerlessApiException failure, BuildPlan plan)
{
    /// <summary>The code for a runtime that is not supported and was not requested.</summary>
    private const int InheritedRuntimeNotSupported = 82007;

    /// <summary>How many of the newest Builds to search for the last successful one.</summary>
    private const int MaxBuilds = 20;

    private static readonly char[] Separators = [' ', ',', ';', '\'', '"'];

    private readonly IReadOnlyList<DependencyResource> _packages =
    [
        .. plan.Contents.Dependencies.Where(package => IsNamed(package, failure.Reason)),
    ];

    public static bool IsRefusal(ServerlessApiException failure) =>
        failure.Request.Operation == ApiOperation.CreateBuild
        && failure is { Failure: ApiFailure.Refused, Status: HttpStatusCode.BadRequest or HttpStatusCode.NotFound };

    /// <summary>Leaves the versions of those packages to the service that it adds by itself.</summary>
    /// <returns>Null if the service refuses the Build for another reason.</returns>
    public BuildPlan? LeavePackagesToService(IAssetLogger logger)
    {
        var left = _packages.Where(package => ServicePackages.IsAdded(package.Name)).ToList();
        foreach (var package in left)
        {
            logger.Warn(DeploymentDiagnostics.PackageLeftToService(Describe(package), $"{plan.LiveBuildSid}"));
        }

        return left is []
            ? null
            : plan with
            {
                Contents = plan.Contents with { Dependencies = [.. plan.Contents.Dependencies.Except(left)] },
            };
    }

    /// <param name="settings">May set the runtime.</param>
    /// <returns>Null if neither the runtime nor a dependency is the reason.</returns>
    public async Task<Diagnostic?> ExplainAsync(
        ServerlessClient client,
        Sid serviceSid,
        ValidatedDeploymentSettings settings,
        CancellationToken cancellationToken
    )
    {
        if (_packages is not [])
        {
            return DeploymentDiagnostics.DependenciesRejected(
                _packages.Select(Describe),
                $"{plan.LiveBuildSid}",
                failure.Reason,
                failure.Details
            );
        }

        if (
            failure.Code != InheritedRuntimeNotSupported
            && !failure.Reason.Contains("unsupported runtime", StringComparison.OrdinalIgnoreCase)
        )
        {
            return null;
        }

        var (runtime, origin, build) =
            settings.Runtime is { } set ? (set, RuntimeOrigin.Setting, null)
            : plan.Contents.Runtime is { } live ? (live, RuntimeOrigin.LiveBuild, plan.LiveBuildSid)
            : await FindLastAsync(client, serviceSid, cancellationToken).ConfigureAwait(false) is { } last
                ? (last.Runtime, RuntimeOrigin.LastBuild, last.Sid)
            : (null as string, RuntimeOrigin.LastBuild, null as Sid?);
        return DeploymentDiagnostics.RuntimeRejected(
            runtime,
            origin,
            build?.ToString(),
            failure.Reason,
            failure.Details
        );
    }

    /// <summary>Finds the Build whose runtime a new one has if none is requested.</summary>
    /// <returns>Null if it is not among the newest Builds, or if they cannot be listed.</returns>
    private static async Task<BuildResource?> FindLastAsync(
        ServerlessClient client,
        Sid serviceSid,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await client
                .Builds.ListAsync(serviceSid, MaxBuilds, MaxBuilds, cancellationToken)
                .FirstOrDefaultAsync(
                    build => build is { Status: BuildStatus.Completed, Runtime: not null },
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (ServerlessApiException)
        {
            return null; // the refusal is the error to report
        }
    }

    private static bool IsNamed(DependencyResource package, string reason) =>
        reason
            .Split(Separators, StringSplitOptions.RemoveEmptyEntries)
            .Any(word => word.TrimEnd('.', ':') == Describe(package));

    private static string Describe(DependencyResource package) => $"{package.Name}@{package.Version}";
}
