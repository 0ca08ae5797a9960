using Serverless.Assets.Api;
using Serverless.Assets.Configuration;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.State;

namespace Serverless.Assets.Uploading;

/// <summary>What is open during one run against the service.</summary>
internal sealed record ServiceRun(ServiceOptions Options, ServerlessApi Api, UploadState State, IAssetLogger Logger)
{
    public ServiceFinder Finder => new(Api, Options, Logger);
}
