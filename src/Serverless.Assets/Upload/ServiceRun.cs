using Serverless.Assets.Api;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State;

namespace Serverless.Assets.Upload;

/// <summary>What is open during one run against the service.</summary>
internal sealed record ServiceRun(
    ValidatedServiceSettings Options,
    ServerlessApi Api,
    UploadState State,
    IAssetLogger Logger
)
{
    public ServiceResolver Finder => new(Api, Options, Logger);
}
