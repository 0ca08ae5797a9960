using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Connection;

/// <summary>What one operation against the service works with.</summary>
/// <param name="UserCancellation">
/// Canceled only by the user. The token of the operation is also canceled by its time limit.
/// </param>
internal sealed record OperationContext(
    ValidatedServiceSettings Options,
    ServiceConnection Connection,
    IAssetLogger Logger,
    CancellationToken UserCancellation
)
{
    public ServerlessClient Client => Connection.Client;

    public ServiceResolver ServiceResolver { get; } = new(Connection.Client, Options, Logger);

    /// <inheritdoc cref="ServiceConnection.OpenState"/>
    public UploadState OpenState() => Connection.OpenState();
}
