using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// A task that connects to the service. The tasks of a project share one run: the upload, the Build and the deployment
/// use one connection and one upload state. A task whose engine keeps no objects, such as in a task host that ends with
/// the task, opens its own.
/// </summary>
public abstract class ServiceTask : ReportedTask
{
    private protected override ServiceConnectionCache Connections =>
        field ??= TaskObjects.FindOrRegister(
            BuildEngine4,
            Values.ManifestPath, // distinguishes the projects of a build
            () => new ServiceConnectionCache()
        );

    /// <inheritdoc cref="AssetTask.ExecuteAsync"/>
    private protected abstract Task<bool> ExecuteOnServiceAsync(CancellationToken cancellationToken);

    private protected sealed override Task<bool> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (
            Context.GetEnvironmentVariable("MSBUILDLOGALLENVIRONMENTVARIABLES") is { Length: > 0 }
            && !Values.Get(SettingTable.Emulator)
        )
        {
            TaskObjects.FindOrRegister(BuildEngine4, scope: "", WarnOfLoggedEnvironment);
        }

        return ExecuteOnServiceAsync(cancellationToken);
    }

    private EnvironmentWarning WarnOfLoggedEnvironment()
    {
        Context.Logger.Warn(ConfigurationDiagnostics.EnvironmentIsLogged());
        return new EnvironmentWarning();
    }

    /// <summary>Registered for a build that has the warning.</summary>
    private sealed class EnvironmentWarning;
}
