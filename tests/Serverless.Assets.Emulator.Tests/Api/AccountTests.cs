namespace Serverless.Assets.Emulator.Tests.Api;

/// <summary>Accounts do not see the Services of each other.</summary>
public sealed class AccountTests
{
    private const string Other = "AC00000000000000000000000000000002";
    private const string Key = "SK00000000000000000000000000000003";

    [Fact]
    public async Task A_service_belongs_to_the_account_that_created_it()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var other = new ApiClient(emulator.Server.BaseAddress, $"{Other}:x");
        var service = (await emulator.Api.CreateServiceAsync()).Sid();
        var version = await emulator.Api.AddAsync(service, "/a", "a");
        var asset = (await emulator.GetAsync($"/v1/Services/{service}/Assets")).All("assets", "sid")[0];
        var environment = (await emulator.Api.CreateEnvironmentAsync(service)).Sid();
        var one = $"/v1/Services/{service}";

        Assert.Empty((await other.GetAsync("/v1/Services")).Ok().All("services", "sid"));
        string[] addresses =
        [
            one,
            "/v1/Services/shop",
            $"{one}/Assets",
            $"{one}/Assets/{asset}/Versions/{version}",
            $"{one}/Environments/{environment}/Variables",
        ];
        foreach (var address in addresses)
        {
            (await other.GetAsync(address)).Refused(404, 20404, $"The requested resource {address} was not found");
        }

        Assert.Equal(404, (await other.DeleteAsync(one)).Status);
        Assert.Equal(404, (await other.PostAsync(one, ("FriendlyName", "mine"))).Status);
        Assert.Equal(404, (await other.UploadAsync(service, asset, "/b", "public", [1])).Status);
        Assert.Equal(404, (await other.BuildAsync(service, version)).Status);
        Assert.Equal("The shop", (await emulator.GetAsync(one)).Text("friendly_name"));
    }

    [Fact]
    public async Task Accounts_can_use_the_same_unique_name()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var other = new ApiClient(emulator.Server.BaseAddress, $"{Other}:x");

        var mine = await emulator.Api.CreateServiceAsync();
        var theirs = await other.CreateServiceAsync();

        Assert.Equal(mine.Sid(), (await emulator.GetAsync("/v1/Services/shop")).Sid());
        Assert.Equal(theirs.Sid(), (await other.GetAsync("/v1/Services/shop")).Ok().Sid());
        Assert.Equal(Other, theirs.Text("account_sid"));
        Assert.Equal([mine.Sid()], (await emulator.GetAsync("/v1/Services")).All("services", "sid"));
    }

    [Fact]
    public async Task The_domains_of_sites_are_unique_in_all_accounts()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var taken = new HashSet<string>();
        for (var i = 1; i <= 200; i++)
        {
            using var api = new ApiClient(emulator.Server.BaseAddress, $"AC{i:x32}:x");
            Assert.True(taken.Add((await api.CreateServiceAsync()).Text("domain_base")));
        }
    }

    [Fact]
    public async Task An_account_has_at_most_50_services()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var other = new ApiClient(emulator.Server.BaseAddress, $"{Other}:x");
        for (var i = 0; i < 50; i++)
        {
            await emulator.Api.CreateServiceAsync($"shop-{i}");
        }

        await other.CreateServiceAsync();
        Assert.Equal(
            400,
            (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "x"), ("FriendlyName", "x"))).Status
        );
    }

    [Fact]
    public async Task An_api_key_acts_for_the_account_of_the_options()
    {
        await using var emulator = await TestEmulator.StartAsync(configure: options =>
            options with
            {
                AccountSid = Other,
            }
        );
        using var account = new ApiClient(emulator.Server.BaseAddress, $"{Other}:x");
        using var third = new ApiClient(emulator.Server.BaseAddress);
        using var key = new ApiClient(emulator.Server.BaseAddress, $"{Key}:x");
        var service = (await account.CreateServiceAsync()).Sid();

        Assert.Equal(service, (await key.GetAsync("/v1/Services/shop")).Ok().Sid());
        Assert.Equal(404, (await third.GetAsync("/v1/Services/shop")).Status);
    }

    [Fact]
    public async Task The_control_endpoints_show_all_accounts()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var other = new ApiClient(emulator.Server.BaseAddress, $"{Other}:x");
        await emulator.Api.CreateServiceAsync();
        await other.CreateServiceAsync("theirs");

        Assert.Equal(
            [ApiClient.Account, Other],
            (await emulator.GetAsync("/__emulator/services")).All("services", "account_sid")
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData(Key)]
    [InlineData("AC123")]
    public async Task The_account_of_the_options_must_be_an_account(string sid)
    {
        var problem = await Assert.ThrowsAsync<ArgumentException>(() =>
            ServerlessEmulator.StartAsync(
                new ServerlessEmulatorOptions { InMemory = true, AccountSid = sid },
                TestEmulator.Token
            )
        );

        Assert.StartsWith(
            $"AccountSid '{sid}' is not valid: expected AC followed by 32 hexadecimal digits.",
            problem.Message,
            StringComparison.Ordinal
        );
    }
}
