using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Connection;

/// <summary>The connection and the state of one operation against the service.</summary>
/// <param name="UserCancellation">
/// Canceled only by the user. The token of the operation is also canceled by its time limit.
/// </param>
internal sealed record OperationContext(
    ValidatedServiceSettings Options,
    ServerlessClient Client,
    UploadState State,
    IAssetLogger Logger,
    CancellationToken UserCancellation
)
{
    public ServiceResolver Finder => new(Client, Options, Logger);
}
