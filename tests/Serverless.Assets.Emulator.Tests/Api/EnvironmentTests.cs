using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Api;

public sealed class EnvironmentTests
{
    [Theory]
    [InlineData("Dev", "-dev")]
    [InlineData("", "")]
    public async Task An_environment_is_created_with_these_fields(string suffix, string ofDomain)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = await emulator.Api.CreateServiceAsync();

        var environment = await emulator.Api.CreateEnvironmentAsync(service.Sid(), "the environment", suffix);

        var url = $"{emulator.Server.BaseAddress}v1/Services/{service.Sid()}/Environments/{environment.Sid()}";
        Assert.Matches(new Regex("^ZE[0-9a-f]{32}$"), environment.Sid());
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{environment.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{service.Sid()}}",
              "build_sid": null,
              "unique_name": "the environment",
              "domain_suffix": {{(suffix.Length == 0 ? "null" : $"\"{suffix}\"")}},
              "domain_name": "{{service.Text("domain_base")}}{{ofDomain}}.localhost:{{emulator.Port}}",
              "date_created": "2026-03-01T12:00:00Z",
              "date_updated": "2026-03-01T12:00:00Z",
              "url": "{{url}}",
              "links": {
                "variables": "{{url}}/Variables",
                "deployments": "{{url}}/Deployments",
                "logs": "{{url}}/Logs"
              }
            }
            """,
            environment
        );
        Assert.Equal(environment.GetRawText(), (await emulator.Api.GetAsync(url)).Ok().GetRawText());
        var list = (await emulator.Api.GetAsync($"/v1/Services/{service.Sid()}/Environments")).Ok();
        Assert.Equal([environment.Sid()], list.All("environments", "sid"));
    }

    [Theory]
    [InlineData("one", "b", "Environment with unique name one already exists")]
    [InlineData("two", "A", "Environment with domain suffix 'A' already exists")]
    public async Task A_name_and_a_suffix_are_taken_once(string uniqueName, string suffix, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        await emulator.Api.CreateEnvironmentAsync("shop", "one", "a");

        (
            await emulator.Api.PostAsync(
                "/v1/Services/shop/Environments",
                ("UniqueName", uniqueName),
                ("DomainSuffix", suffix)
            )
        ).Refused(409, 20409, message);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task No_suffix_is_taken_once_too(bool firstIsEmpty, bool secondIsEmpty)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();

        (await CreateAsync("production", firstIsEmpty)).Created();
        (await CreateAsync("second", secondIsEmpty)).Refused(
            409,
            20409,
            "Environment with domain suffix '' already exists"
        );

        Task<ApiResult> CreateAsync(string uniqueName, bool sendsSuffix) =>
            emulator.Api.PostAsync(
                "/v1/Services/shop/Environments",
                sendsSuffix ? [("UniqueName", uniqueName), ("DomainSuffix", "")] : [("UniqueName", uniqueName)]
            );
    }

    [Theory]
    [InlineData(101, "x", "UniqueName is longer than 100 characters")]
    [InlineData(100, "seventeen-letters", "DomainSuffix is longer than 16 characters")]
    [InlineData(100, "a.b", "DomainSuffix may only contain letters, digits and dashes")]
    [InlineData(0, "x", "Missing required parameter UniqueName in the post body")]
    public async Task Names_keep_to_their_limits(int length, string suffix, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();

        await emulator.Api.CreateEnvironmentAsync("shop", new string('e', 100), "sixteen-letters-");
        (
            await emulator.Api.PostAsync(
                "/v1/Services/shop/Environments",
                ("UniqueName", new string('n', length)),
                ("DomainSuffix", suffix)
            )
        ).Refused(400, 20001, message);
    }

    [Fact]
    public async Task There_are_at_most_25_in_a_service()
    {
        await using var emulator = await TestEmulator.StartAsync();
        await emulator.Api.CreateServiceAsync();
        for (var i = 0; i < 25; i++)
        {
            await emulator.Api.CreateEnvironmentAsync("shop", $"e{i}", $"s{i}");
        }

        (
            await emulator.Api.PostAsync("/v1/Services/shop/Environments", ("UniqueName", "x"), ("DomainSuffix", "x"))
        ).Refused(400, 20001, "A Service can have at most 25 Environments");
    }

    [Fact]
    public async Task A_deleted_environment_takes_its_site_down()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var build = (await emulator.Api.BuildAsync(service, await emulator.Api.AddAsync(service, "/a", "a")))
            .Created()
            .Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        (await emulator.Api.DeployAsync(service, environment.Sid(), build)).Created();
        Assert.Equal(200, (await emulator.Api.SiteAsync(environment.Text("domain_name")!, "/a")).Status);

        Assert.Equal(
            204,
            (await emulator.Api.DeleteAsync($"/v1/Services/{service}/Environments/{environment.Sid()}")).Status
        );

        Assert.Equal(404, (await emulator.Api.SiteAsync(environment.Text("domain_name")!, "/a")).Status);
    }
}
