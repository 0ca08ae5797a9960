using Serverless.Assets.Files;

namespace Serverless.Assets.Deployment;

/// <summary>The results that lie beside the manifest.</summary>
internal static class RecordFiles
{
    public static RecordFile<BuildRecord> Build(string manifestPath, IFileSystem files) =>
        new(manifestPath, "serverless-assets.build.json", RecordJson.Default.BuildRecord, files);

    public static RecordFile<DeploymentRecord> Deployment(string manifestPath, IFileSystem files) =>
        new(manifestPath, "serverless-assets.deployment.json", RecordJson.Default.DeploymentRecord, files);
}
