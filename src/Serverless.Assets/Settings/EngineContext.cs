using Serverless.Assets.Client;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Files;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Settings;

/// <summary>What the core needs from the world, in one place: a front passes the real one, a test its own.</summary>
public sealed record EngineContext
{
    public required IAssetLogger Logger { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Receives the requests of a run while it goes on; null: nothing is measured for it.</summary>
    internal IRunObserver? Observer { get; init; }

    /// <summary>Reads an environment variable. Values that it returns are never logged.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where runs on this machine tell each other that they create Assets, full path; null: they don't.</summary>
    internal string? LockDirectory { get; init; }

    /// <summary>Makes the handler that the client sends through; the client disposes it.</summary>
    internal Func<HttpMessageHandler> HttpHandler { get; init; } = ApiConnection.CreateHandler;

    /// <summary>Makes the handler that fetches sites; it knows no credentials.</summary>
    internal Func<HttpMessageHandler> SiteHandler { get; init; } = Verification.SiteHttpHandler.Create;

    internal IFileSystem Files { get; init; } = new PhysicalFileSystem();
}
