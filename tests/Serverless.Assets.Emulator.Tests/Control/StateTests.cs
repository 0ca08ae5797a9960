namespace Serverless.Assets.Emulator.Tests.Control;

public sealed class StateTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/__emulator/services")]
    [InlineData("/__emulator/stats")]
    [InlineData("/__emulator/requests")]
    [InlineData("/__emulator/page.js")]
    [InlineData("/requests")]
    public async Task A_foreign_host_name_sees_nothing(string address)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var answer = await emulator.Api.SendAsync(
            HttpMethod.Get,
            address,
            configure: request => request.Headers.Host = "attacker.example"
        );

        Assert.Equal(404, answer.Status);
    }

    [Fact]
    public async Task The_state_can_be_had_as_json()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync(service);
        var version = await emulator.Api.AddAsync(service, "/a", "abc");
        var described = (await emulator.Api.GetAsync($"/__emulator/versions/{version}")).Text;

        JsonAssert.Same(
            $$"""
            {
              "services": [
                {
                  "sid": "{{service}}",
                  "account_sid": "{{ApiClient.Account}}",
                  "unique_name": "shop",
                  "environments": [
                    {
                      "sid": "{{environment.Sid()}}",
                      "unique_name": "dev",
                      "domain_name": "{{environment.Text("domain_name")}}",
                      "build_sid": null
                    }
                  ],
                  "asset_versions": [
                    {{described}}
                  ]
                }
              ]
            }
            """,
            (await emulator.Api.GetAsync("/__emulator/services")).Ok()
        );
        Assert.Equal(404, (await emulator.Api.GetAsync("/__emulator/versions/ZN0/content")).Status);
    }
}
