using System.Net.Http.Headers;
using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;
using Serverless.Assets.State;
using Serverless.Assets.Telemetry;

namespace Serverless.Assets.Connection;

/// <summary>
/// What the runs of a process can share when they follow one another, such as an upload, a Build and a deployment: the
/// client with its open connections and what it learned about the limit on requests, and the upload state.
/// </summary>
internal sealed class ServiceConnection : IDisposable
{
    private readonly Key _key;
    private readonly string _user;
    private readonly CurrentRun _current;
    private readonly HttpMessageHandler _handler;
    private readonly Lock _lock = new();
    private UploadState? _state;

    private ServiceConnection(Key key, ValidatedServiceSettings settings, EngineContext context)
    {
        _key = key;
        _user = settings.Credentials.User;
        _current = new CurrentRun(context);
        _handler = context.HttpHandler();
        Client = CreateClient(settings, context.Clock, _handler, _current);
        BuildBudget = new BuildBudget(context.Clock);
    }

    public ServerlessClient Client { get; }

    /// <summary>The Builds of the account that its runs have seen.</summary>
    public BuildBudget BuildBudget { get; }

    public static ServiceConnection Open(ValidatedServiceSettings settings, EngineContext context) =>
        new(Key.From(settings), settings, context);

    /// <summary>
    /// Opens the upload state, once for all operations that share the connection. Only those that upload or plan an
    /// upload need it. If no request has been sent yet, the client starts with the limit that an earlier run found.
    /// </summary>
    public UploadState OpenState()
    {
        lock (_lock)
        {
            if (_state is null)
            {
                var files = _current.Context.Files;
                _state = UploadState.Open(_key.StatePath, _key.ProjectDirectory, files, _current, Client.Clock);
                if (_state.FindConcurrencyLimit(_user, _key.Endpoints.Api) is { } found)
                {
                    Client.Gate.StartWith(found);
                }
            }

            return _state;
        }
    }

    /// <summary>Flushes the upload state, if it is open, with the limit on requests that was found.</summary>
    public void Flush()
    {
        RecordLimit();
        _state?.Flush();
    }

    /// <summary>Lets a run use the connection that an earlier run opened.</summary>
    /// <returns>False if the run needs another connection.</returns>
    public bool TryContinue(ValidatedServiceSettings settings, EngineContext context)
    {
        if (_key != Key.From(settings))
        {
            return false;
        }

        _current.Context = context;
        return true;
    }

    public void Dispose()
    {
        RecordLimit();
        _state?.Dispose();
        Client.Dispose();
        _handler.Dispose();
    }

    private void RecordLimit()
    {
        if (Client.Gate.FoundLimit is { } found)
        {
            _state?.RecordConcurrencyLimit(_user, _key.Endpoints.Api, found);
        }
    }

    private static ServerlessClient CreateClient(
        ValidatedServiceSettings settings,
        TimeProvider clock,
        HttpMessageHandler handler,
        IRequestObserver observer
    ) =>
        new(
            new ServerlessClientOptions
            {
                Credentials = settings.Credentials,
                ApiBaseUrl = settings.Endpoints.Api,
                UploadBaseUrl = settings.Endpoints.Upload,
                RequestTimeout = settings.RequestTimeout,
                RetryTimeout = Timeout.InfiniteTimeSpan, // the run has a time limit
                MaxConcurrency = settings.MaxConcurrency,
                EnforceServiceLimits = false, // validation has reported what exceeds them
                UserAgent = new ProductInfoHeaderValue(ProductVersion.Name, ProductVersion.Number),
                Clock = clock,
                HttpMessageHandler = handler,
                Observers = [observer],
            }
        );

    /// <summary>Runs with the same key can share a connection.</summary>
    private sealed record Key(
        AuthenticationHeaderValue Authorization,
        ServiceOrigins Endpoints,
        TimeSpan RequestTimeout,
        int? MaxConcurrency,
        string StatePath,
        string ProjectDirectory
    )
    {
        public static Key From(ValidatedServiceSettings settings) =>
            new(
                settings.Credentials.ToHeader(),
                settings.Endpoints,
                settings.RequestTimeout,
                settings.MaxConcurrency,
                settings.StatePath,
                settings.ProjectDirectory
            );
    }

    /// <summary>
    /// Forwards to the logger and the observer of the run that uses the connection now. Those of an earlier one may
    /// belong to a task that has ended, whose logger MSBuild no longer accepts.
    /// </summary>
    private sealed class CurrentRun(EngineContext context) : IAssetLogger, IRequestObserver
    {
        public EngineContext Context { get; set; } = context;

        public bool IsTraceEnabled => Context.Logger.IsTraceEnabled;

        public void Warn(Diagnostic warning) => Context.Logger.Warn(warning);

        public void Log(LogLevel level, SanitizedText message) => Context.Logger.Log(level, message);

        public void OnAttemptEnded(RequestAttempt attempt)
        {
            var context = Context;
            if (context.Logger.IsTraceEnabled)
            {
                new RequestTracer(context.Logger).OnAttemptEnded(attempt);
            }

            context.Observer?.OnAttemptEnded(attempt);
        }
    }
}
