using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Connection;

/// <summary>The connection and the state of one run against the service.</summary>
internal sealed record OperationContext(
    ValidatedServiceSettings Options,
    ServerlessClient Client,
    UploadState State,
    IAssetLogger Logger
)
{
    public ServiceResolver Finder => new(Client, Options, Logger);
}
