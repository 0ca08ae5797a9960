using System.Net;
using Serverless.Assets.Emulator.Api;
using Serverless.Assets.Emulator.Control;
using Serverless.Assets.Emulator.Faults;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Hosting;

/// <summary>Puts the parts of one emulator together.</summary>
internal static class EmulatorApplication
{
    public static WebApplication Create(EmulatorState state)
    {
        var options = state.Options;
        var database = state.Database;
        var contents = state.Contents;
        var faults = state.Faults;
        var app = CreateHost(options);
        var services = new ServiceStore(database);
        var assets = new ResourceStore(database, ResourceKind.Asset);
        var functions = new ResourceStore(database, ResourceKind.Function);
        var assetVersions = new VersionStore(database, ResourceKind.Asset);
        var functionVersions = new VersionStore(database, ResourceKind.Function);
        var builds = new BuildStore(database);
        var environments = new EnvironmentStore(database);
        var deployments = new DeploymentStore(database);

        var clock = new EmulatorClock(options.Clock, faults);
        var gate = new ConcurrencyGate();
        var stats = new EmulatorStats(options.Clock, gate);
        var pipeline = new ApiPipeline(
            faults,
            gate,
            stats,
            new FormReader(contents, new Bandwidth(options.Clock, faults), stats),
            new FaultKeys(database),
            new Authentication(options.Credentials),
            clock,
            options.Clock,
            state.Stopping
        );
        var site = new SiteEndpoint(
            deployments,
            contents,
            new RequestSignature(options.EffectiveAuthToken),
            clock,
            stats
        );

        UseRetention(app, new Retention(database), clock);
        UseSites(app, site);
        app.UseRouting();

        var routes = new ApiRoutes(app, pipeline);
        new ServiceEndpoints(database, services).Map(routes);
        new ResourceEndpoints(database, services, assets).Map(routes);
        new ResourceEndpoints(database, services, functions).Map(routes);
        new VersionEndpoints(database, services, assets, assetVersions, contents).Map(routes);
        new VersionEndpoints(database, services, functions, functionVersions, contents).Map(routes);
        new BuildEndpoints(database, services, assetVersions, functionVersions, builds, environments, faults).Map(
            routes
        );
        new EnvironmentEndpoints(database, services, environments).Map(routes);
        new DeploymentEndpoints(database, services, environments, builds, deployments, faults).Map(routes);
        routes.Rest("/v1/{**rest}");

        var dump = new StateDump(services, environments, assetVersions);
        var page = new OverviewPage(services, environments, assetVersions);
        new ControlEndpoints(database, contents, faults, stats, dump, page).Map(app);
        return app;
    }

    /// <summary>No configuration files, no environment variables, no logging: nothing but the options decides.</summary>
    private static WebApplication CreateHost(EmulatorOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MaxRequestBodySize = null; // the service's own answer to too much is a 413 of its proxy
                kestrel.Limits.MinRequestBodyDataRate = null; // the bandwidth may be set to a crawl
                kestrel.Listen(IPAddress.Loopback, options.Port);
            });
        return builder.Build();
    }

    private static void UseRetention(WebApplication app, Retention retention, EmulatorClock clock) =>
        app.Use(
            (context, next) =>
            {
                retention.RunIfDue(clock.Now);
                return next(context);
            }
        );

    private static void UseSites(WebApplication app, SiteEndpoint site) =>
        app.Use(
            (context, next) =>
                SiteHost.DomainOf(context.Request) is { } domain ? site.HandleAsync(context, domain) : next(context)
        );
}
