using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>
/// Deletes an Environment and its site, such as a preview that is no longer needed. Afterwards it looks whether it is
/// gone: a proxy can respond in place of the service, and its <c>404</c> looks like an earlier deletion.
/// </summary>
internal sealed class EnvironmentRemover(OperationContext operation, Sid serviceSid)
{
    private readonly EnvironmentOperations _environments = operation.Client.Environments;

    /// <summary>If the run ends before the result is known, reports whether the Environment exists.</summary>
    /// <param name="name">Unique name. A matching domain suffix is not enough to delete an Environment.</param>
    /// <param name="confirm">Confirms the deletion of the site with the given domain.</param>
    /// <exception cref="AssetException">The deletion was not confirmed, or the Environment still exists.</exception>
    public async Task<RemoveResult> RemoveAsync(
        string name,
        Func<string, Task<bool>> confirm,
        CancellationToken cancellationToken
    )
    {
        var environments = await _environments.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false);
        if (environments.FirstOrDefault(candidate => candidate.UniqueName == name) is not { } environment)
        {
            return new RemoveResult(serviceSid, name, Domain: null);
        }

        if (!await confirm(environment.DomainName).ConfigureAwait(false))
        {
            throw new AssetException(DeploymentDiagnostics.RemovalNeedsConfirmation(name, environment.DomainName));
        }

        await DeleteAsync(environment, interrupted => operation.PartialResult = interrupted, cancellationToken)
            .ConfigureAwait(false);
        return new RemoveResult(serviceSid, name, environment.DomainName);
    }

    /// <summary>Deletes an Environment, and checks that it is gone.</summary>
    /// <param name="onInterrupted">
    /// Receives whether the Environment exists if the deletion ends before the result is known.
    /// </param>
    /// <exception cref="AssetException">The Environment still exists.</exception>
    public async Task DeleteAsync(
        EnvironmentResource environment,
        Action<InterruptedRemoval> onInterrupted,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await _environments.DeleteAsync(serviceSid, environment.Sid, cancellationToken).ConfigureAwait(false);
            if (await ExistsAsync(environment, cancellationToken).ConfigureAwait(false))
            {
                throw new AssetException(
                    DeploymentDiagnostics.EnvironmentNotRemoved(environment.UniqueName, environment.DomainName)
                );
            }
        }
        catch (Exception failure) when (IsInterruption(failure))
        {
            onInterrupted(await FindOutAsync(environment).ConfigureAwait(false));
            throw;
        }
    }

    /// <summary>
    /// Looks for the Environment in the list, which proves that it is gone. A proxy could respond <c>404</c> to a
    /// request for the Environment itself too.
    /// </summary>
    private async Task<bool> ExistsAsync(EnvironmentResource environment, CancellationToken cancellationToken) =>
        (await _environments.ListAllAsync(serviceSid, cancellationToken).ConfigureAwait(false)).Any(other =>
            other.Sid == environment.Sid
        );

    /// <summary>Finds out whether an Environment exists after an interrupted deletion, and warns of it.</summary>
    private async Task<InterruptedRemoval> FindOutAsync(EnvironmentResource environment)
    {
        bool? exists = null;
        using var limit = operation.LimitAfterInterruption();
        try
        {
            exists = await ExistsAsync(environment, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ServerlessApiException or OperationCanceledException)
        {
            // It remains unknown.
        }

        var interrupted = new InterruptedRemoval(serviceSid, environment.UniqueName, exists);
        operation.Engine.Logger.Warn(
            DeploymentDiagnostics.RemovalInterrupted(environment.UniqueName, environment.DomainName, interrupted.Status)
        );
        return interrupted;
    }

    /// <summary>Whether the service may have deleted the Environment before this failure.</summary>
    private static bool IsInterruption(Exception failure) =>
        failure is OperationCanceledException
        || failure is ServerlessApiException request
            && (request.Request.Operation != ApiOperation.DeleteEnvironment || request.WasProcessed != false);
}
