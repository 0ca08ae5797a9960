using System.Reflection;
using System.Runtime.CompilerServices;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>
/// A public method of the client's operations, found by reflection so that no test forgets a new one, with valid
/// arguments.
/// </summary>
/// <param name="Operations">The property of <see cref="ServerlessClient"/>.</param>
internal sealed record ClientMethod(PropertyInfo Operations, MethodInfo Method)
{
    public static IReadOnlyList<ClientMethod> All { get; } =
    [
        .. typeof(ServerlessClient)
            .GetProperties()
            .SelectMany(operations =>
                operations
                    .PropertyType.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Where(method => !method.IsSpecialName)
                    .Select(method => new ClientMethod(operations, method))
            ),
    ];

    public static TheoryData<string> Names => [.. All.Select(method => method.Name)];

    public IReadOnlyList<ParameterInfo> Parameters => Method.GetParameters();

    /// <summary>Such as <c>Assets.CreateAsync(service, friendlyName)</c>.</summary>
    public string Name =>
        $"{Operations.Name}.{Method.Name}({string.Join(", ", Parameters.SkipLast(1).Select(parameter => parameter.Name))})";

    public static ClientMethod Find(string name) => All.Single(method => method.Name == name);

    /// <param name="service">The SID or unique name of a Service.</param>
    /// <param name="replace">Gets the name of each parameter; returns its value, or null for the default one.</param>
    /// <returns>Completes when the call has ended, and a list is read to its end.</returns>
    public async Task InvokeAsync(
        ServerlessClient client,
        string service,
        CancellationToken cancellationToken,
        Func<ParameterInfo, Argument?>? replace = null
    )
    {
        var arguments = Parameters
            .Select(parameter =>
                parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
                : replace?.Invoke(parameter) is { } argument ? argument.Value
                : CreateArgument(parameter, service)
            )
            .ToArray();
        var result = Method.Invoke(
            Operations.GetValue(client),
            BindingFlags.DoNotWrapExceptions,
            binder: null,
            arguments,
            culture: null
        );
        if (result is Task task)
        {
            await task;
        }
        else
        {
            await foreach (var _ in (IAsyncEnumerable<object>)result!) { }
        }
    }

    /// <summary>The kind of resource whose SID a parameter takes; null if it takes something else.</summary>
    public static SidKind? FindKind(ParameterInfo parameter) =>
        parameter.ParameterType != typeof(Sid)
            ? null
            : parameter.Name switch
            {
                "assetSid" or "functionSid" => SidKind.Asset,
                "versionSid" => SidKind.Version,
                "buildSid" => SidKind.Build,
                "environmentSid" => SidKind.Environment,
                "deploymentSid" => SidKind.Deployment,
                "variableSid" => SidKind.Variable,
                _ => throw new SwitchExpressionException(parameter.Name),
            };

    /// <summary>A valid SID of a resource that does not exist.</summary>
    public static Sid CreateSid(SidKind kind) => TestSid.Create(kind.Prefix, 9);

    private static object? CreateArgument(ParameterInfo parameter, string service) =>
        FindKind(parameter) is { } kind
            ? CreateSid(kind)
            : parameter.Name switch
            {
                "service" => service,
                "path" or "friendlyName" => "/a.txt",
                "uniqueName" or "nameOrSuffix" or "key" or "value" => "name",
                "domainSuffix" => "suffix",
                "visibility" => Visibility.Public,
                "content" => AssetContent.FromText("x"),
                "contents" => new BuildContents { AssetVersions = [CreateSid(SidKind.Version)] },
                "progress" => null,
                _ when parameter.HasDefaultValue => parameter.DefaultValue,
                _ => throw new SwitchExpressionException(parameter.Name),
            };

    /// <summary>A value, which can be null.</summary>
    internal sealed record Argument(object? Value);
}
