using Microsoft.AspNetCore.Http.Features;
using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Sites;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Pages;

/// <summary>The pages for people, at the emulator's root. They need no credentials.</summary>
internal sealed class PageEndpoints(EmulatorState state)
{
    private const string Service = "/services/{service}";

    private Stores Stores => state.Stores;

    /// <summary>Adds what the components inject.</summary>
    public static void AddServices(IServiceCollection services, EmulatorState state)
    {
        services.AddSingleton(state.Stores);
        services.AddSingleton(state.Contents);
        services.AddSingleton(state.RequestLog);
        services.AddSingleton(state.Faults);
        services.AddSingleton(new SiteLookup(state.Stores, state.Clock));
        services.AddHttpContextAccessor();
        services.AddScoped(provider => CreateContext(GetHttpContext(provider), state));
        services.AddScoped(provider => GetHttpContext(provider).Features.GetRequiredFeature<SettingsView>());
        services.AddScoped(provider => GetHttpContext(provider).Features.GetRequiredFeature<SiteProblem>());
    }

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PageUrls.Services, context => PageRenderer.SendAsync<HomePage>(context));
        endpoints.MapGet("/__emulator", context => PageRenderer.SendAsync<HomePage>(context));
        endpoints.MapGet(PageUrls.Requests, context => PageRenderer.SendAsync<RequestsPage>(context));
        endpoints.MapGet(PageUrls.Reset, context => PageRenderer.SendAsync<ResetPage>(context));
        endpoints.MapPost(PageUrls.Reset, ResetAsync);
        endpoints.MapGet(Service, ShowServiceAsync);
        endpoints.MapGet($"{Service}/environments/{{environment}}", ShowEnvironmentAsync);
        endpoints.MapGet($"{Service}/builds/{{build}}", ShowBuildAsync);
        endpoints.MapGet($"{Service}/compare", ShowComparisonAsync);
        endpoints.MapGet($"{Service}/assets/{{resource}}", ShowResourceAsync);
        endpoints.MapGet("/services/{**path}", context => SendNotFoundAsync(context, "This page does not exist."));
        new SettingsEndpoints(state).Map(endpoints);
        PageAssets.Map(endpoints);
    }

    private Task ShowServiceAsync(HttpContext context) =>
        FindService(context) is { } service
            ? PageRenderer.SendAsync<ServicePage>(context, parameters: (nameof(ServicePage.ServiceSid), service.Sid))
            : SendNotFoundAsync(context, "This Service does not exist. It may have been deleted.");

    private Task ShowEnvironmentAsync(HttpContext context) =>
        FindService(context) is { } service
        && Stores.Environments.Find(service.Sid, GetRouteValue(context, "environment")) is { } environment
            ? PageRenderer.SendAsync<EnvironmentPage>(
                context,
                parameters:
                [
                    (nameof(EnvironmentPage.ServiceSid), service.Sid),
                    (nameof(EnvironmentPage.EnvironmentSid), environment.Sid),
                ]
            )
            : SendNotFoundAsync(context, "This Environment does not exist. It may have been deleted.");

    private Task ShowBuildAsync(HttpContext context) =>
        FindService(context) is { } service && FindBuild(service, GetRouteValue(context, "build")) is { } build
            ? PageRenderer.SendAsync<BuildPage>(
                context,
                parameters: [(nameof(BuildPage.ServiceSid), service.Sid), (nameof(BuildPage.BuildSid), build.Sid)]
            )
            : SendNotFoundAsync(context, "This Build does not exist. It may have been deleted.");

    private Task ShowComparisonAsync(HttpContext context) =>
        FindService(context) is { } service
        && FindBuild(service, context.Request.Query["from"].ToString()) is { } from
        && FindBuild(service, context.Request.Query["to"].ToString()) is { } to
            ? PageRenderer.SendAsync<ComparisonPage>(
                context,
                parameters:
                [
                    (nameof(ComparisonPage.ServiceSid), service.Sid),
                    (nameof(ComparisonPage.From), from.Sid),
                    (nameof(ComparisonPage.To), to.Sid),
                ]
            )
            : SendNotFoundAsync(context, "One of the two Builds does not exist. It may have been deleted.");

    private Task ShowResourceAsync(HttpContext context)
    {
        var version = context.Request.Query["version"].ToString();
        if (
            FindService(context) is { } service
            && Stores.FindResource(service.Sid, GetRouteValue(context, "resource")) is { } resource
            && (
                version.Length == 0
                || Stores.GetVersions(resource.Kind).Find(service.Sid, version)?.ResourceSid == resource.Sid
            )
        )
        {
            return PageRenderer.SendAsync<ResourcePage>(
                context,
                parameters:
                [
                    (nameof(ResourcePage.ServiceSid), service.Sid),
                    (nameof(ResourcePage.ResourceSid), resource.Sid),
                    (nameof(ResourcePage.VersionSid), version.Length == 0 ? null : version),
                ]
            );
        }

        return SendNotFoundAsync(
            context,
            "This Asset, Function or version does not exist. It may have been deleted, also by the service's retention."
        );
    }

    private Task ResetAsync(HttpContext context)
    {
        state.Reset();
        PageRenderer.Redirect(context, PageUrls.Services);
        return Task.CompletedTask;
    }

    private Service? FindService(HttpContext context) => Stores.Services.FindBySid(GetRouteValue(context, "service"));

    private Build? FindBuild(Service service, string sid) => Stores.Builds.Find(service.Sid, sid);

    private static string GetRouteValue(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private static Task SendNotFoundAsync(HttpContext context, string message) =>
        PageRenderer.SendAsync<NotFoundPage>(
            context,
            StatusCodes.Status404NotFound,
            (nameof(NotFoundPage.Message), message)
        );

    private static HttpContext GetHttpContext(IServiceProvider provider) =>
        provider.GetRequiredService<IHttpContextAccessor>().HttpContext!;

    private static PageContext CreateContext(HttpContext context, EmulatorState state) =>
        new(
            $"{context.Request.Scheme}://{context.Request.Host}",
            SiteHost.GetPort(context.Request),
            state.Options.InMemory ? null : Path.GetFullPath(state.Options.DataDirectory),
            state.Clock.Now
        );
}
