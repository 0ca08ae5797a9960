using System.Net.Http.Headers;
using System.Reflection;

namespace Serverless.Assets.Client;

/// <summary>Where and how a <see cref="ServerlessClient"/> connects.</summary>
public sealed record ServerlessClientOptions
{
    public required TwilioCredentials Credentials { get; init; }

    /// <summary>Such as <c>ie1</c>; null means <c>us1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>Such as <c>dublin</c>; null means the edge of the region.</summary>
    public string? Edge { get; init; }

    /// <summary>The origin of the REST API; null derives it from region and edge.</summary>
    public Uri? ApiBaseUrl { get; init; }

    /// <summary>The origin of the upload endpoint; null derives it from region and edge.</summary>
    public Uri? UploadBaseUrl { get; init; }

    /// <summary>
    /// How long an attempt may go without sending or receiving a byte before it is abandoned and retried.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The maximum number of requests in flight; null lets the client find the account's limit.</summary>
    public int? MaxConcurrency { get; init; }

    /// <summary>The client's name in the <c>User-Agent</c> header.</summary>
    internal ProductInfoHeaderValue UserAgent { get; init; } = new("Serverless.Assets.Client", Version);

    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Creates the HTTP handler, which the client disposes.</summary>
    internal Func<HttpMessageHandler> HandlerFactory { get; init; } = ApiConnection.CreateHandler;

    /// <summary>Notified of every attempt of every request.</summary>
    internal IReadOnlyList<IRequestObserver> Observers { get; init; } = [];

    /// <summary>The semantic version without build metadata, such as <c>1.2.3-preview.1</c>.</summary>
    internal static string Version { get; } =
        typeof(ServerlessClientOptions)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
