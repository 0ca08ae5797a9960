using Microsoft.Build.Framework;

namespace Serverless.Assets.Build.Tasks;

/// <summary>
/// Objects that the tasks of a build share. MSBuild disposes them at the end of the build. An engine that keeps no
/// objects, such as that of a task host that ends with its task, finds none.
/// </summary>
internal static class TaskObjects
{
    private const RegisteredTaskObjectLifetime Lifetime = RegisteredTaskObjectLifetime.Build;

    /// <param name="scope">Distinguishes objects of one type, such as those of the projects of a build.</param>
    public static T? Find<T>(IBuildEngine4 engine, string scope)
        where T : class => engine.GetRegisteredTaskObject(GetKey<T>(scope), Lifetime) as T;

    /// <inheritdoc cref="Find"/>
    public static T FindOrRegister<T>(IBuildEngine4 engine, string scope, Func<T> create)
        where T : class
    {
        if (Find<T>(engine, scope) is { } existing)
        {
            return existing;
        }

        var created = create();
        Register(engine, scope, created);
        return created;
    }

    /// <inheritdoc cref="Find"/>
    public static void Register<T>(IBuildEngine4 engine, string scope, T created)
        where T : class => engine.RegisterTaskObject(GetKey<T>(scope), created, Lifetime, allowEarlyCollection: false);

    /// <summary>Another version of the package in the same build has other types of the same names.</summary>
    private static string GetKey<T>(string scope) => $"{typeof(T).FullName} {typeof(T).Module.ModuleVersionId} {scope}";
}
