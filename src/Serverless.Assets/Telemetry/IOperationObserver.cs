using Serverless.Assets.Client;

namespace Serverless.Assets.Telemetry;

/// <summary>
/// Observes operations and their requests, for example to report a timeline. Implementations must be thread-safe.
/// </summary>
internal interface IOperationObserver : IRequestObserver
{
    /// <param name="operation">Such as <c>upload</c>.</param>
    /// <param name="started">A timestamp of the engine's clock.</param>
    /// <param name="ended">A timestamp of the engine's clock.</param>
    void OnOperationEnded(string operation, long started, long ended);
}
