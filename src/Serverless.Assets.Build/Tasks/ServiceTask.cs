using Microsoft.Build.Framework;
using Serverless.Assets.Connection;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// A task that connects to the service. The tasks of a project share one run: the upload, the Build and the deployment
/// use one connection and one upload state. A task whose engine keeps no objects, such as in a task host that ends with
/// the task, opens its own.
/// </summary>
public abstract class ServiceTask : SettingsTask
{
    private protected override ServiceConnectionCache Connections => field ??= FindOrRegisterConnections();

    private ServiceConnectionCache FindOrRegisterConnections()
    {
        // The path of the manifest distinguishes the projects of a build. Another version of the package in the same
        // build has other types.
        var version = typeof(ServiceConnectionCache).Module.ModuleVersionId;
        var key = $"Serverless.Assets.Connections {version} {Values.ManifestPath}";
        const RegisteredTaskObjectLifetime lifetime = RegisteredTaskObjectLifetime.Build;
        if (BuildEngine4.GetRegisteredTaskObject(key, lifetime) is ServiceConnectionCache existing)
        {
            return existing;
        }

        var created = new ServiceConnectionCache();
        BuildEngine4.RegisterTaskObject(key, created, lifetime, allowEarlyCollection: false);
        return created;
    }
}
