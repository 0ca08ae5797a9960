namespace Serverless.Assets.Emulator.Tests.Api;

/// <summary>The way of a file from its upload to an empty emulator to the site.</summary>
public sealed class DeploymentJourneyTests
{
    [Fact]
    public async Task A_file_goes_from_upload_to_the_site()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var api = emulator.Api;
        var service = (await api.CreateServiceAsync()).Sid();
        var version = await api.AddAsync(service, "/css/site.css", "body{}", contentType: "text/css; charset=utf-8");
        var build = (await api.BuildAsync(service, version)).Created();
        var environment = await api.CreateEnvironmentAsync(service);

        Assert.Equal("completed", build.Text("status"));
        (await api.DeployAsync(service, environment.Sid(), build.Sid())).Created();

        var page = await api.SiteAsync(environment.Text("domain_name")!, "/css/site.css");
        Assert.Equal(200, page.Status);
        Assert.Equal("body{}", page.Text);
        Assert.Equal("text/css; charset=utf-8", page.Headers["Content-Type"]);
        Assert.Equal("6", page.Headers["Content-Length"]);
    }
}
