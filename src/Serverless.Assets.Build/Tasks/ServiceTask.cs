using Serverless.Assets.Connection;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// A task that connects to the service. The tasks of a project share one run: the upload, the Build and the deployment
/// use one connection and one upload state. A task whose engine keeps no objects, such as in a task host that ends with
/// the task, opens its own.
/// </summary>
public abstract class ServiceTask : SettingsTask
{
    private protected override ServiceConnectionCache Connections =>
        field ??= TaskObjects.FindOrRegister(
            BuildEngine4,
            Values.ManifestPath, // distinguishes the projects of a build
            () => new ServiceConnectionCache()
        );
}
