using Serverless.Assets.Client;
using Serverless.Assets.Connection;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.State.Redis;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Settings;

/// <summary>Everything that the engine needs from its environment. Tests replace parts of it.</summary>
internal sealed record EngineContext
{
    public required IAssetLogger Logger { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// The timestamp at which the time limit began, if it applies to several operations together; null: it applies to
    /// each one.
    /// </summary>
    internal long? StartedAt { get; init; }

    /// <summary>Observes the requests of a run; null: they are not recorded.</summary>
    internal IOperationObserver? Observer { get; init; }

    /// <summary>Shares connections between runs; null means that each run opens its own.</summary>
    internal ServiceConnectionCache? Connections { get; init; }

    /// <summary>Reads an environment variable. Values that it returns are never logged.</summary>
    public Func<string, string?> GetEnvironmentVariable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>The name of a program on the path, or its full path.</summary>
    internal string GitProgram { get; init; } = "git";

    /// <summary>
    /// The full path of the folder of the <see cref="MachineLock"/>s; null: other runs on this machine are ignored.
    /// </summary>
    internal string? LockDirectory { get; init; }

    /// <summary>Creates the handler of the client, which disposes it.</summary>
    internal Func<HttpMessageHandler> HttpHandler { get; init; } = ApiConnection.CreateHandler;

    /// <summary>Creates the handler that fetches sites, without credentials.</summary>
    internal Func<HttpMessageHandler> SiteHandler { get; init; } = ApiConnection.CreateHandler;

    internal RedisTimings RedisTimings { get; init; } = new();

    internal IFileSystem Files { get; init; } = new PhysicalFileSystem();
}
