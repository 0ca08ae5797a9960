namespace Serverless.Assets.Emulator.Tests.OpenApi;

/// <summary>The check of an emulator's exchanges sees all of them as they are on the wire.</summary>
public sealed class ExchangeObserverTests
{
    /// <summary>Describes two operations otherwise than the service does.</summary>
    private static readonly OpenApiDescription Description = OpenApiFactsReader.Read(
        """
        POST /v1/Services
          form UniqueName: string enum=shop
          form FriendlyName: string maxLength=3
          response 201: object

        GET /v1/Services
          query PageSize: integer maximum=2
          response 200: object
            services: array of any
        """
    );

    [Fact]
    public async Task A_difference_fails_the_test_with_the_exchange()
    {
        var observer = new ExchangeObserver(Description);
        await using var emulator = await StartAsync(observer);

        await emulator.Api.CreateServiceAsync();
        await emulator.Api.GetAsync("/v1/Services?PageSize=3");

        await emulator.Server.DisposeAsync(); // a client can have the response before it is compared
        var failure = Assert.ThrowsAny<Exception>(observer.AssertNoProblems);
        Assert.Equal(
            """
            Exchanges do not agree with the OpenAPI description:
            POST /v1/Services → 201: form FriendlyName has more than 3 characters: The shop
            GET /v1/Services → 200: query PageSize is more than 2: 3
            GET /v1/Services → 200: body.meta is not described
            """,
            failure.Message,
            ignoreLineEndingDifferences: true
        );
    }

    [Fact]
    public async Task Errors_sites_and_control_endpoints_are_no_differences()
    {
        var observer = new ExchangeObserver(Description);
        await using var emulator = await StartAsync(observer);

        Assert.Equal(404, (await emulator.Api.GetAsync("/v1/Services/none")).Status);
        Assert.Equal(400, (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "other"))).Status);
        Assert.Equal(200, (await emulator.Api.GetAsync("/__emulator/stats")).Status);
        Assert.Equal(404, (await emulator.Api.SiteAsync("other-1234.localhost", "/v1/Services")).Status);

        await emulator.Server.DisposeAsync();
        observer.AssertNoProblems();
    }

    [Fact]
    public async Task Responses_that_fault_settings_damage_are_no_differences()
    {
        var observer = new ExchangeObserver(Description);
        await using var emulator = await StartAsync(observer);
        EmulatorFaults[] damages =
        [
            new() { RateReset = 1 },
            new() { RateResetAfterWork = 1 },
            new() { RateTruncated = 1 },
            new() { RateBrokenJson = 1 },
            new() { Rate503Html = 1 },
            new() { Rate500 = 1 },
        ];
        foreach (var faults in damages)
        {
            emulator.Faults = faults;
            await Record.ExceptionAsync(() => emulator.Api.GetAsync("/v1/Services"));
        }

        await emulator.Server.DisposeAsync();
        observer.AssertNoProblems();
        Assert.Equal([null, null, 200, 200, 503, 500], emulator.Server.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task JSON_that_no_fault_setting_breaks_is_a_difference()
    {
        var observer = new ExchangeObserver(Description);
        await using var emulator = await StartAsync(observer);
        observer.BreaksJson = () => false;
        emulator.Faults = new EmulatorFaults { RateBrokenJson = 1 };

        await emulator.Api.GetAsync("/v1/Services");

        await emulator.Server.DisposeAsync();
        Assert.Contains(
            "GET /v1/Services → 200: the body is not JSON",
            Assert.ThrowsAny<Exception>(observer.AssertNoProblems).Message,
            StringComparison.Ordinal
        );
    }

    private static async Task<TestEmulator> StartAsync(ExchangeObserver observer)
    {
        var emulator = await TestEmulator.StartAsync(configure: options =>
            options with
            {
                InMemory = true,
                Middleware = observer.ObserveAsync,
            }
        );
        observer.BreaksJson = () => emulator.Faults.RateBrokenJson > 0;
        return emulator;
    }
}
