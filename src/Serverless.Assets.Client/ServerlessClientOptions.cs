using System.Net.Http.Headers;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Serverless.Assets.Client;

/// <summary>
/// Where and how a <see cref="ServerlessClient"/> connects. The client copies the values when it is created, so later
/// changes have no effect.
/// </summary>
public sealed class ServerlessClientOptions
{
    /// <summary>The credentials; null means <see cref="TwilioCredentials.FromEnvironment()"/>.</summary>
    public TwilioCredentials? Credentials { get; set; }

    /// <summary>
    /// Such as <c>ie1</c>; null means the region that the credentials state, otherwise <c>us1</c>. Credentials belong
    /// to one region.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>
    /// Such as <c>dublin</c>; null means the edge that the credentials state, otherwise that of the region.
    /// </summary>
    public string? Edge { get; set; }

    /// <summary>
    /// The origin of the REST API: <c>https://host</c>, or <c>http://</c> with a loopback address, such as that of the
    /// emulator. Null derives it from region and edge. Set both origins or none, because credentials are sent to both.
    /// </summary>
    public Uri? ApiBaseUrl { get; set; }

    /// <summary>The origin of the upload endpoint, in the same format as <see cref="ApiBaseUrl"/>.</summary>
    public Uri? UploadBaseUrl { get; set; }

    /// <summary>
    /// How long an attempt may go without sending a byte, and how long it may take until the response is complete, before
    /// it is abandoned and retried: from a millisecond to 24 days; 60 seconds by default.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// For how long after its first attempt a request is retried. Then, or if the service asks the client to wait longer
    /// (<c>Retry-After</c>), the call throws the last failure. 10 minutes by
    /// default, and 24 days at most; <see cref="Timeout.InfiniteTimeSpan"/> retries a request that the service rejects with 429 until the
    /// call is canceled.
    /// </summary>
    public TimeSpan RetryTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The maximum number of requests in flight, at least 1; null lets the client find the account's limit.
    /// </summary>
    public int? MaxConcurrency { get; set; }

    /// <summary>
    /// Whether what is larger than the service's documented limit is an <see cref="ArgumentException"/>: content of more
    /// than 25 MB, or 10 MB if it is private, and values of Variables of more than 450 bytes. False leaves the decision
    /// to the service, whose limits can change. True by default.
    /// </summary>
    public bool EnforceServiceLimits { get; set; } = true;

    /// <summary>
    /// The handler that sends the requests, which the client does not dispose; null means a handler of its own, which
    /// treats all names below <c>localhost</c> as this machine, does not follow redirects and decompresses responses.
    /// </summary>
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>
    /// Creates the logger for attempts, with the category <c>Serverless.Assets.Client</c>; null means no logging.
    /// Secrets and headers are never logged.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The client's name in the <c>User-Agent</c> header.</summary>
    internal ProductInfoHeaderValue UserAgent { get; set; } = new("Serverless.Assets.Client", Version);

    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Notified of every attempt of every request.</summary>
    internal IReadOnlyList<IRequestObserver> Observers { get; set; } = [];

    /// <summary>The semantic version without build metadata, such as <c>1.2.3-preview.1</c>.</summary>
    internal static string Version { get; } =
        typeof(ServerlessClientOptions)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
