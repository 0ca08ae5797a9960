using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;

namespace Serverless.Assets.Deployment;

/// <summary>
/// What every pruning does: it shows what it found, stops if that is more than expected, asks for confirmation, and
/// reports what was deleted, also if it stops early.
/// </summary>
internal sealed class PruneSession(OperationContext operation, PrunePrompt prompt, int maxDelete)
{
    private PruneResult? _deleted;

    /// <param name="found">What would be deleted.</param>
    /// <param name="deleteAsync">Deletes it, and calls <see cref="Record"/> after each deletion.</param>
    /// <exception cref="AssetException">
    /// There is more to delete than allowed, the deletion was not confirmed, or it stopped early.
    /// </exception>
    public async Task<PruneResult> RunAsync<T>(T found, Func<Task<T>> deleteAsync)
        where T : PruneResult
    {
        if (found.Count == 0)
        {
            return found;
        }

        prompt.Show(found);
        if (found.Count > maxDelete)
        {
            throw new AssetException(DeploymentDiagnostics.TooManyToPrune(found.Count, found.Noun, maxDelete));
        }

        if (!await prompt.ConfirmAsync(found).ConfigureAwait(false))
        {
            throw new AssetException(DeploymentDiagnostics.PruneNeedsConfirmation(found.Count, found.Noun));
        }

        try
        {
            return await deleteAsync().ConfigureAwait(false);
        }
        catch (PruneStoppedException stopped)
        {
            throw new AssetException(Stopped(stopped.Message));
        }
        catch (ServerlessApiException failure)
        {
            throw new AssetException(Stopped($"{failure.Reason} ({failure.Details})"), failure);
        }
        catch (OperationCanceledException) when (operation.UserCancellation.IsCancellationRequested)
        {
            operation.Engine.Logger.Log(
                LogLevel.Summary,
                $"Deleted {DeletedCount} of {Quantity.Format(found.Count, found.Noun)}"
            );
            throw;
        }
        catch (OperationCanceledException)
        {
            operation.AlsoReport(Stopped("the time limit of the run expired"));
            throw;
        }

        Diagnostic Stopped(string reason) =>
            DeploymentDiagnostics.PruneStopped(DeletedCount, found.Count, found.Noun, reason);
    }

    /// <summary>Records what has been deleted so far, which is the result if the operation stops early.</summary>
    public void Record(PruneResult deleted)
    {
        _deleted = deleted;
        operation.PartialResult = deleted.Count > 0 ? deleted : null;
    }

    private int DeletedCount => _deleted?.Count ?? 0;
}

/// <summary>How a front shows what would be deleted, and asks for confirmation.</summary>
/// <param name="Show">Called once, before anything is deleted, unless there is nothing to delete.</param>
/// <param name="ConfirmAsync">Called after <paramref name="Show"/>, unless there is more to delete than allowed.</param>
internal sealed record PrunePrompt(Action<PruneResult> Show, Func<PruneResult, Task<bool>> ConfirmAsync);

/// <summary>A pruning can't go on.</summary>
/// <param name="reason">A clause for messages.</param>
internal sealed class PruneStoppedException(string reason) : Exception(reason);
