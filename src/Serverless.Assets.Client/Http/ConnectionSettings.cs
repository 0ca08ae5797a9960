using System.Globalization;
using System.Net.Http.Headers;

namespace Serverless.Assets.Client;

/// <summary>The validated values of <see cref="ServerlessClientOptions"/>, which no longer change.</summary>
internal sealed class ConnectionSettings
{
    /// <summary>The longest delay that timers support, rounded down.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(24);

    private ConnectionSettings(ServerlessClientOptions options, TwilioCredentials credentials)
    {
        Credentials = credentials;
        Origins = ServiceOrigins.Create(
            options.ApiBaseUrl,
            options.UploadBaseUrl,
            options.Region ?? Credentials.Region,
            options.Edge ?? Credentials.Edge
        );
        RequestTimeout = options.RequestTimeout;
        RetryTimeout = options.RetryTimeout;
        MaxConcurrency = options.MaxConcurrency ?? int.MaxValue;
        EnforcesServiceLimits = options.EnforceServiceLimits;
        UserAgent = options.UserAgent;
        Clock = options.Clock;
        Observers = options.LoggerFactory is { } factory
            ? [.. options.Observers, new RequestLogger(factory.CreateLogger(RequestLogger.Category), Clock)]
            : options.Observers;
        Http = options.HttpMessageHandler is { } handler
            ? new HttpClient(handler, disposeHandler: false)
            : new HttpClient(ApiConnection.CreateHandler());
    }

    public TwilioCredentials Credentials { get; }

    public ServiceOrigins Origins { get; }

    public TimeSpan RequestTimeout { get; }

    /// <summary><see cref="Timeout.InfiniteTimeSpan"/> means no limit.</summary>
    public TimeSpan RetryTimeout { get; }

    public int MaxConcurrency { get; }

    public bool EnforcesServiceLimits { get; }

    public ProductInfoHeaderValue UserAgent { get; }

    public TimeProvider Clock { get; }

    public IReadOnlyList<IRequestObserver> Observers { get; }

    /// <summary>Owned by whoever creates the settings.</summary>
    public HttpClient Http { get; }

    /// <exception cref="ArgumentException">Options are not valid. The message contains all problems.</exception>
    /// <exception cref="InvalidOperationException">There are no credentials in the environment.</exception>
    /// <exception cref="FormatException">The SID in the environment is malformed.</exception>
    public static ConnectionSettings Create(ServerlessClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        RequireValid(options, options.Credentials);
        var credentials = options.Credentials ?? TwilioCredentials.FromEnvironment();
        RequireValid(options, credentials);
        return new ConnectionSettings(options, credentials);
    }

    private static void RequireValid(ServerlessClientOptions options, TwilioCredentials? credentials)
    {
        var problems = FindProblems(options, credentials).ToList();
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', problems), nameof(options));
        }
    }

    /// <summary>Finds everything that makes options invalid, as sentences that name the option and the rule.</summary>
    /// <param name="credentials">Those to use; null: unknown.</param>
    public static IEnumerable<string> FindProblems(ServerlessClientOptions options, TwilioCredentials? credentials)
    {
        // Region and edge of the credentials come from outside, and decide to which host the secret goes.
        var location = options.ApiBaseUrl is null ? credentials : null;
        var region = options.Region is null ? location?.Region : null;
        var edge = options.Edge is null ? location?.Edge : null;
        var source = $" of {location?.LocationSource}";
        string?[] problems =
        [
            CheckHostPart(nameof(options.Region), options.Region),
            CheckHostPart(nameof(options.Edge), options.Edge),
            CheckRegion(options.Region),
            CheckHostPart(nameof(options.Region), region, source),
            CheckHostPart(nameof(options.Edge), edge, source),
            CheckRegion(region, source),
            CheckOrigin(nameof(options.ApiBaseUrl), options.ApiBaseUrl),
            CheckOrigin(nameof(options.UploadBaseUrl), options.UploadBaseUrl),
            options.ApiBaseUrl is null != options.UploadBaseUrl is null
                ? $"Set both {nameof(options.ApiBaseUrl)} and {nameof(options.UploadBaseUrl)} or neither: credentials "
                    + "are sent to both."
                : null,
            CheckTimeout(nameof(options.RequestTimeout), options.RequestTimeout),
            options.RetryTimeout == Timeout.InfiniteTimeSpan
                ? null
                : CheckTimeout(nameof(options.RetryTimeout), options.RetryTimeout),
            options.MaxConcurrency < 1
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{nameof(options.MaxConcurrency)} must be at least 1, but is {options.MaxConcurrency}."
                )
                : null,
        ];
        return problems.OfType<string>();
    }

    private static string? CheckHostPart(string option, string? value, string source = "") =>
        value is null || Regions.IsHostPart(value)
            ? null
            : $"{option} '{value}'{source} is not valid: expected letters, digits and inner dashes, such as us1.";

    private static string? CheckRegion(string? region, string source = "") =>
        region is not null && Regions.IsRetired(region)
            ? $"Region '{region}'{source} was shut down in April 2026. Use {Regions.Supported}."
            : null;

    private static string? CheckOrigin(string option, Uri? value) =>
        value is null || ServiceOrigins.IsOrigin(value)
            ? null
            : $"{option} is not valid: expected https://host, or http:// with a loopback address, without a path, query "
                + "or user name.";

    private static string? CheckTimeout(string option, TimeSpan value) =>
        value >= TimeSpan.FromMilliseconds(1) && value <= MaxTimeout
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{option} must be from 1 millisecond to {MaxTimeout.TotalDays} days, but is {value}."
            );
}
