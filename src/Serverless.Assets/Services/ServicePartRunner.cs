using System.Net;
using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Results;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Services;

/// <summary>
/// Runs an operation on one Service after the other, with one connection, one upload state and one time limit. If it
/// fails for one of them, it continues with the next.
/// </summary>
internal sealed class ServicePartRunner(EngineContext context)
{
    /// <param name="validate">Finds the problems of a part. For all parts, it runs before the first request.</param>
    /// <param name="run">Runs the operation with the settings of a part.</param>
    /// <returns>
    /// That of the project if it has no rules; otherwise a <see cref="ServicesResult"/> of the parts that had something to
    /// do. Null: none had.
    /// </returns>
    /// <exception cref="AssetException">
    /// The operation failed for at least one Service. The exception contains all errors, and the results of all Services.
    /// </exception>
    public async Task<OperationResult?> RunAsync<T>(
        IReadOnlyList<ServicePart> parts,
        Action<ServicePart, DiagnosticBag> validate,
        Func<ServicePart, EngineContext, CancellationToken, Task<T>> run,
        CancellationToken cancellationToken
    )
        where T : OperationResult?
    {
        if (parts is [{ IsWholeProject: true } project])
        {
            return await run(project, context, cancellationToken).ConfigureAwait(false);
        }

        Validate(parts, validate);
        using var connections = context.Connections is null ? new ServiceConnectionCache() : null;
        var shared = context with
        {
            Connections = context.Connections ?? connections,
            Logger = new DistinctWarningLogger(context.Logger),
            StartedAt = context.Clock.GetTimestamp(),
        };
        var results = new List<ServiceResult>();
        var errors = new DiagnosticBag();
        AssetException? last = null;
        var count = parts.Count;
        foreach (var part in parts)
        {
            try
            {
                if (await run(part, shared, cancellationToken).ConfigureAwait(false) is { } result)
                {
                    results.Add(new ServiceResult(part.Key, part.Name, result));
                }
                else
                {
                    count--;
                }
            }
            catch (AssetException failure)
            {
                results.Add(
                    new ServiceResult(part.Key, part.Name, failure.PartialResult) { Errors = failure.Diagnostics }
                );
                errors.AddRange(failure.Diagnostics);
                last = failure;
                if (EndsRun(failure))
                {
                    break;
                }
            }
            catch (RunCanceledException canceled)
            {
                results.Add(new ServiceResult(part.Key, part.Name, canceled.PartialResult) { IsCanceled = true });
                throw new RunCanceledException(new ServicesResult(results, count), canceled);
            }
        }

        var all = new ServicesResult(results, count);
        return last is not null
                ? throw new AssetException([.. errors], all, last.InnerException ?? last)
                {
                    Unexpected = last.Unexpected,
                }
            : results is [] ? null
            : all;
    }

    private static void Validate(IReadOnlyList<ServicePart> parts, Action<ServicePart, DiagnosticBag> validate)
    {
        var problems = new DiagnosticBag();
        foreach (var part in parts)
        {
            validate(part, problems);
        }

        problems.ThrowIfErrors(); // the operation reports the warnings
    }

    /// <summary>Whether the operation would fail in the same way for the other Services.</summary>
    private static bool EndsRun(AssetException failure) =>
        failure.InnerException
            is OperationCanceledException
                or ServerlessApiException
                {
                    Failure: ApiFailure.Insecure or ApiFailure.Unreachable or ApiFailure.UnknownHost
                }
                or ServerlessApiException { Status: HttpStatusCode.Unauthorized };

    /// <summary>Shows a warning that several parts have in common only once.</summary>
    private sealed class DistinctWarningLogger(IAssetLogger inner) : IAssetLogger
    {
        private readonly Lock _lock = new();
        private readonly HashSet<Diagnostic> _shown = [];

        public bool IsTraceEnabled => inner.IsTraceEnabled;

        public void Warn(Diagnostic warning)
        {
            lock (_lock)
            {
                if (!_shown.Add(warning))
                {
                    return;
                }
            }

            inner.Warn(warning);
        }

        public void Log(LogLevel level, SanitizedText message) => inner.Log(level, message);
    }
}
