using System.Net;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>Other addresses than loopback, other host names, and mapped ports, as in containers.</summary>
public sealed class ListenTests
{
    [Fact]
    public async Task By_default_only_the_loopback_address_is_listened_on()
    {
        await using var emulator = await TestEmulator.StartAsync();

        Assert.Equal("127.0.0.1", emulator.Server.BaseAddress.Host);
        Assert.Equal(IPAddress.Loopback, emulator.Options.ListenAddress);
    }

    [Fact]
    public async Task On_all_addresses_it_is_used_at_the_loopback_address_and_refuses_other_hosts()
    {
        await using var emulator = await StartAsync(["Emulator", "10.0.0.7"]);

        Assert.Equal("127.0.0.1", emulator.Server.BaseAddress.Host);
        Assert.Equal(200, await GetAsync(emulator, "localhost:80"));
        Assert.Equal(200, await GetAsync(emulator, "emulator:5005"));
        Assert.Equal(200, await GetAsync(emulator, "EMULATOR"));
        Assert.Equal(200, await GetAsync(emulator, "10.0.0.7:1"));
        Assert.Equal(404, await GetAsync(emulator, "10.0.0.8"));
        Assert.Equal(404, await GetAsync(emulator, "0.0.0.0"));
        Assert.Equal(404, await GetAsync(emulator, "emulator.attacker.example"));
        Assert.Equal(404, await GetAsync(emulator, "attacker.example"));
    }

    [Fact]
    public async Task Pages_of_other_origins_are_refused_at_an_allowed_host_too()
    {
        await using var emulator = await StartAsync(["emulator"]);

        var answer = await emulator.Api.SendAsync(
            HttpMethod.Get,
            "/v1/Services",
            configure: request =>
            {
                request.Headers.Host = "emulator";
                request.Headers.Add("Origin", "http://attacker.example");
            }
        );

        Assert.Equal(403, answer.Status);
    }

    [Theory]
    [InlineData("*")]
    [InlineData("emulator:5005")]
    [InlineData("http://emulator")]
    [InlineData("")]
    public async Task A_host_that_is_not_a_name_is_an_error(string host)
    {
        var problem = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync([host]));

        Assert.StartsWith(
            $"AllowedHosts '{host}' is not valid: expected host names",
            problem.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("localhost:8080", "8080")]
    [InlineData("localhost", "80")]
    public async Task Addresses_have_the_port_that_the_client_uses(string host, string port)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        await emulator.Api.CreateEnvironmentAsync("shop");

        var environments = await emulator.Api.SendAsync(
            HttpMethod.Get,
            "/v1/Services/shop/Environments",
            configure: request => request.Headers.Host = host
        );
        var page = await emulator.Api.SendAsync(HttpMethod.Get, "/", configure: request => request.Headers.Host = host);
        var site = await emulator.Api.SendAsync(
            HttpMethod.Get,
            "/",
            configure: request => request.Headers.Host = $"none.{host}"
        );

        Assert.EndsWith($".localhost:{port}", environments.Ok().All("environments", "domain_name").Single());
        Assert.Contains($".localhost:{port}", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($":{emulator.Port}", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($":{emulator.Port}", site.Text, StringComparison.Ordinal);
    }

    private static Task<TestEmulator> StartAsync(string[] allowed) =>
        TestEmulator.StartAsync(configure: it => it with { ListenAddress = IPAddress.Any, AllowedHosts = allowed });

    private static async Task<int> GetAsync(TestEmulator emulator, string host) =>
        (
            await emulator.Api.SendAsync(
                HttpMethod.Get,
                "/__emulator/health",
                configure: request => request.Headers.Host = host
            )
        ).Status;
}
