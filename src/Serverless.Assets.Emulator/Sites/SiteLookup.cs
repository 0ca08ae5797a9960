using Serverless.Assets.Emulator.Hosting;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Sites;

/// <summary>What a domain serves, for the pages that say why it does not serve something.</summary>
/// <param name="BuildSid">Null if no Build is visible.</param>
/// <param name="IsPending">A later Deployment is not visible yet.</param>
/// <param name="Versions">The Asset Versions and Function Versions of the Build.</param>
internal sealed record SiteContents(
    Service Service,
    DeployEnvironment Environment,
    string? BuildSid,
    bool IsPending,
    IReadOnlyList<ResourceVersion> Versions
);

/// <summary>Finds what is deployed at a domain.</summary>
internal sealed class SiteLookup(Stores stores, EmulatorClock clock)
{
    private const string Index = "/assets/index.html";

    /// <summary>The number of latest Deployments among which the visible one is looked for.</summary>
    private static readonly PageCursor LatestDeployments = new(Number: 0, Size: 50, Before: null, After: null);

    /// <summary>
    /// Finds a version by the decoded path, then by the encoded one, because the path of an upload can be either.
    /// </summary>
    public ResourceVersion? Find(string domain, PathString path)
    {
        var now = clock.Now;
        return stores.Deployments.FindLive(domain, path.Value!, now)
            ?? stores.Deployments.FindLive(domain, path.ToUriComponent(), now)
            ?? (path == "/" ? stores.Deployments.FindLive(domain, Index, now) : null);
    }

    /// <returns>Null if no Environment has the domain.</returns>
    public SiteContents? Describe(string domain)
    {
        var site = GetEnvironments().FirstOrDefault(site => site.Environment.Domain == domain);
        if (site.Environment is not { } environment)
        {
            return null;
        }

        var now = clock.Now;
        var latest = stores.Deployments.GetPage(environment.Sid, LatestDeployments).Items;
        var build = latest.FirstOrDefault(deployment => deployment.Visible <= now)?.BuildSid;
        return new SiteContents(
            site.Service,
            environment,
            build,
            IsPending: latest is [{ Visible: var visible }, ..] && visible > now,
            build is null ? [] : stores.Builds.GetVersions(build)
        );
    }

    public IEnumerable<(Service Service, DeployEnvironment Environment)> GetEnvironments() =>
        stores
            .Services.GetAll()
            .SelectMany(service => stores.Environments.GetAll(service.Sid).Select(it => (service, it)));
}
