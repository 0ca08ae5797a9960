using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Pages;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>Composes the web application of an emulator.</summary>
internal static class EmulatorApplication
{
    /// <summary>
    /// The number of bytes that a connection buffers before the API reads them. With the default of 1 MB, a client
    /// would send most uploads at once however low the bandwidth setting is. A smaller one is no slower on loopback.
    /// What the buffers of the sockets take, above all the send buffer of the client, is added to it.
    /// </summary>
    private const int MaxReadBufferSize = 64 * 1024;

    /// <summary>
    /// The bytes of a body that have to arrive in a second, in the average of the time in which a request waits for them:
    /// against clients that send a few bytes now and then, which <see cref="BodyTimeout"/> does not end. The time in which
    /// the bandwidth setting delays a request does not count.
    /// </summary>
    private const double MinBodyRate = 240;

    public static WebApplication Create(EmulatorState state, int port)
    {
        var app = CreateHost(port, state);
        app.Use(new RequestRecorder(state.RequestLog, state.Clock, state.Options.Clock).RecordAsync);
        if (state.Options.Middleware is { } middleware)
        {
            app.Use(middleware);
        }

        app.Use(RequestErrors.HandleAsync);
        app.Use(new BodyTimeout(state.Options.SendTimeout).HandleAsync);
        var hosts = new HostNames(state.Options);
        app.Use(
            (context, next) =>
                RequestGuard.FindProblem(context.Request, hosts) is { } problem ? throw problem : next(context)
        );
        app.Use(
            (context, next) =>
            {
                if (state.Stores.DeleteExpired(state.Clock.Now, state.Behavior.Current))
                {
                    state.Contents.DeleteUnused();
                }

                return next(context);
            }
        );
        UseSites(app, state);
        app.UseRouting();
        MapApi(app, state);
        new ControlEndpoints(state.Stores, state.Contents, state.Faults, state.Behavior, state.Stats).Map(app);
        new RequestLogEndpoints(state.RequestLog, state.Stopping).Map(app);
        new PageEndpoints(state).Map(app);
        new LeaseEndpoints(state.Leases, state.Id, state.Stopping).Map(app);
        app.Map("/{**path}", context => throw ApiException.NotFound(context.Request.Path));
        return app;
    }

    /// <summary>
    /// Creates a host that reads no configuration files and no environment variables, and writes no logs.
    /// </summary>
    private static WebApplication CreateHost(int port, EmulatorState state)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        PageEndpoints.AddServices(builder.Services, state);
        builder.Services.AddResponseCompression(compression =>
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, .. SiteContent.CompressedTypes]
        );
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.MaxReadBufferSize = MaxReadBufferSize);
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = null; // the API itself responds with the service's 413
                kestrel.Limits.RequestHeadersTimeout = state.Options.SendTimeout;
                kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(MinBodyRate, state.Options.SendTimeout);
                kestrel.Listen(state.Options.ListenAddress, port);
            });
        return builder.Build();
    }

    private static void UseSites(WebApplication app, EmulatorState state)
    {
        var site = new SiteEndpoint(
            app.Services.GetRequiredService<SiteLookup>(),
            new SiteContent(
                state.Contents,
                app.Services.GetRequiredService<IResponseCompressionProvider>(),
                state.Behavior
            ),
            new RequestSignature(state.Options.EffectiveAuthToken),
            state.Behavior,
            new FunctionLog(state.Stores, state.Clock),
            state.Stats
        );
        app.Use(
            (context, next) =>
                SiteHost.FindDomain(context.Request) is { } domain ? site.HandleAsync(context, domain) : next(context)
        );
    }

    private static void MapApi(WebApplication app, EmulatorState state)
    {
        var pipeline = new ApiPipeline(
            state.Faults,
            state.Limiter,
            state.Stats,
            state.Journal,
            new FormReader(state.Contents, new Bandwidth(state.Options.Clock, state.Faults), state.Stats),
            new FaultInjector(state.Stores),
            new Authentication(state.Options.Credentials, state.Options.AccountSid),
            state.Clock,
            state.Stores,
            state.Options.Clock,
            state.Stopping
        );
        var routes = new ApiRoutes(app, pipeline);
        new ServiceEndpoints(state.Stores, state.Contents, state.Behavior).Map(routes);
        foreach (var kind in Enum.GetValues<ResourceKind>())
        {
            new ResourceEndpoints(state.Stores, state.Contents, kind).Map(routes);
            new VersionEndpoints(state.Stores, state.Contents, kind).Map(routes);
        }

        new BuildEndpoints(state.Stores, state.Contents, state.Faults, state.Behavior).Map(routes);
        new EnvironmentEndpoints(state.Stores, state.Behavior).Map(routes);
        new DeploymentEndpoints(state.Stores, state.Faults, state.Behavior).Map(routes);
        new VariableEndpoints(state.Stores).Map(routes);
        new LogEndpoints(state.Stores.Logs).Map(routes);
        routes.MapUnknown("/v1/{**path}");
    }

    /// <summary>Does not handle the signals of the process, which may host several emulators.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
