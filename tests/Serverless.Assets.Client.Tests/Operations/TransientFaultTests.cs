using Serverless.Assets.Emulator;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>What the client repeats, what it does not, and what the service has afterwards.</summary>
public sealed class TransientFaultTests : EmulatorTest
{
    private const string Throttled = "429";
    private const string ServerError = "500";
    private const string ProxyError = "502";
    private const string Lost = "lost";
    private const string Truncated = "truncated";
    private const string BrokenJson = "broken";
    private const string Stalled = "stalled";

    [Theory]
    [InlineData(Throttled, 4, 1)]
    [InlineData(ServerError, 2, 1)]
    [InlineData(ProxyError, 2, 1)]
    [InlineData(Lost, 2, 2)] // the first one is not referenced, and the service deletes it after some days
    [InlineData(Truncated, 2, 2)]
    [InlineData(BrokenJson, 2, 2)]
    [InlineData(Stalled, 2, 1)]
    public async Task An_upload_is_repeated(string fault, int requests, int versions)
    {
        var content = new byte[100_000];
        new Random(1).NextBytes(content);

        var version = await WithFaultAsync(fault, () => UploadAsync(AssetContent.FromBytes(content)));

        Assert.Equal(requests, Sent);
        Assert.Equal(versions, await Emulator.CountVersionsAsync());
        Assert.Equal(content, await Emulator.GetContentAsync(version.Sid));
        Assert.Equal(version, await Client.AssetVersions.FetchAsync(Service, Asset, version.Sid, Cancellation));
    }

    [Theory]
    [InlineData(ServerError, null, 0)]
    [InlineData(ProxyError, null, 0)]
    [InlineData(Lost, null, 1)]
    [InlineData(Truncated, true, 1)]
    [InlineData(BrokenJson, true, 1)]
    [InlineData(Stalled, null, 0)]
    public async Task A_creation_is_not_repeated_because_it_may_have_succeeded(
        string fault,
        bool? processed,
        int created
    )
    {
        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            WithFaultAsync(fault, () => Client.Assets.CreateAsync(Service, "/new.txt", Cancellation))
        );

        Assert.Equal(processed, failure.WasProcessed);
        Assert.Equal(1, Sent);
        Assert.Equal(created, await CountAssetsAsync());
    }

    [Theory]
    [InlineData(ThrottledBody.Standard)]
    [InlineData(ThrottledBody.Detailed)]
    public async Task Each_form_of_a_429_is_reported_with_its_message_and_code(ThrottledBody body)
    {
        Emulator.Faults = new EmulatorFaults
        {
            RejectStatus = 429,
            RejectPathContains = "/a.txt",
            ThrottledBody = body,
        };

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() => UploadAsync(AssetContent.FromBytes([1])));

        Assert.Equal(
            (ApiFailure.Throttled, "Too Many Requests", 20429, "https://www.twilio.com/docs/errors/20429"),
            (failure.Failure, failure.Reason, failure.Code, failure.MoreInfo)
        );
        Assert.EndsWith(": Too Many Requests", failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("HTTP 429, Twilio code 20429, request RQ", failure.Details, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_creation_that_was_throttled_is_repeated()
    {
        var created = await WithFaultAsync(
            Throttled,
            () => Client.Assets.CreateAsync(Service, "/new.txt", Cancellation)
        );

        Assert.Equal(4, Sent);
        Assert.Equal(1, await CountAssetsAsync());
        Assert.Equal("/new.txt", created.FriendlyName);
    }

    [Theory]
    [InlineData(Throttled, 4)]
    [InlineData(ServerError, 2)]
    [InlineData(ProxyError, 2)]
    [InlineData(Lost, 2)]
    [InlineData(Truncated, 2)]
    [InlineData(BrokenJson, 2)]
    [InlineData(Stalled, 2)]
    public async Task A_list_is_repeated(string fault, int requests)
    {
        var listed = await WithFaultAsync(fault, () => Client.Assets.ListAllAsync(Service, Cancellation));

        Assert.Equal(Asset, Assert.Single(listed).Sid);
        Assert.Equal(requests, Sent);
    }

    [Theory]
    [InlineData(Throttled)]
    [InlineData(ServerError)]
    [InlineData(ProxyError)]
    [InlineData(Lost)]
    [InlineData(Truncated)]
    [InlineData(BrokenJson)]
    [InlineData(Stalled)]
    public async Task FindOrCreate_creates_one_resource(string fault)
    {
        var asset = await WithFaultAsync(
            fault,
            () => Client.Assets.FindOrCreateAsync(Service, "/new.txt", Cancellation),
            HttpMethod.Post
        );
        Assert.Equal(1, await CountAssetsAsync());
        Assert.Equal(asset, await Client.Assets.FindOrCreateAsync(Service, "/new.txt", Cancellation));

        var environment = await WithFaultAsync(
            fault,
            () => Client.Environments.FindOrCreateAsync(Service, "stage", "stage", Cancellation),
            HttpMethod.Post
        );
        Assert.Equal(environment, await Client.Environments.FetchAsync(Service, environment.Sid, Cancellation));
        Assert.Equal(2, (await Client.Environments.ListAllAsync(Service, Cancellation)).Count);

        var service = await WithFaultAsync(
            fault,
            () => Client.Services.FindOrCreateAsync("new-site", Cancellation),
            HttpMethod.Post
        );
        Assert.Equal(service, await Client.Services.FetchAsync("new-site", Cancellation));
        Assert.Equal(2, await Client.Services.ListAsync(cancellationToken: Cancellation).CountAsync(Cancellation));

        var variable = await WithFaultAsync(
            fault,
            () => Client.Variables.SetAsync(Service, Environment, "COLOR", "red", Cancellation),
            HttpMethod.Post
        );
        Assert.Equal(variable, Assert.Single(await ListVariablesAsync()));
    }

    [Theory]
    [InlineData(Throttled)]
    [InlineData(ServerError)]
    [InlineData(Lost)]
    [InlineData(Stalled)]
    public async Task Set_changes_the_Variable_that_exists(string fault)
    {
        var created = await Client.Variables.CreateAsync(Service, Environment, "COLOR", "red", Cancellation);

        var changed = await WithFaultAsync(
            fault,
            () => Client.Variables.SetAsync(Service, Environment, "COLOR", "blue", Cancellation),
            HttpMethod.Post
        );

        Assert.Equal((created.Sid, "COLOR", "blue"), (changed.Sid, changed.Key, changed.Value));
        Assert.Equal(changed, Assert.Single(await ListVariablesAsync()));
    }

    [Fact]
    public async Task Set_sends_no_change_that_is_none()
    {
        await Client.Variables.SetAsync(Service, Environment, "COLOR", "red", Cancellation);
        await Client.Variables.SetAsync(Service, Environment, "COLOR", "red", Cancellation);

        Assert.Equal(
            ["Variable.List", "Variable.Create", "Variable.List"],
            Requests.Select(request => request.Operation)
        );
    }

    [Fact]
    public async Task The_oldest_Asset_with_a_name_is_found()
    {
        await Emulator.Api.CreateAssetAsync(Service);

        Assert.Equal(Asset, (await Client.Assets.FindOrCreateAsync(Service, "/a.txt", Cancellation)).Sid);
        Assert.DoesNotContain(Requests.Skip(1), request => request.Operation == "Asset.Create");
    }

    /// <summary>Sends a call whose first request with this method meets a fault.</summary>
    private async Task<T> WithFaultAsync<T>(string fault, Func<Task<T>> call, HttpMethod? method = null)
    {
        if (fault == Throttled)
        {
            await ThrottleNextAsync(method);
            return await call();
        }

        FailOnce(
            fault switch
            {
                ServerError => new EmulatorFaults { Rate500 = 1 },
                ProxyError => new EmulatorFaults { Rate502Html = 1 },
                Lost => new EmulatorFaults { RateResetAfterWork = 1 },
                Truncated => new EmulatorFaults { RateTruncated = 1 },
                BrokenJson => new EmulatorFaults { RateBrokenJson = 1 },
                _ => new EmulatorFaults { HangNthRequest = 1 },
            },
            method
        );
        if (fault != Stalled)
        {
            return await call();
        }

        await Emulator.ResetStatsAsync();
        var running = call();
        await Emulator.WaitForHangAsync();
        Clock.Advance(TestSettings.RequestTimeout);
        return await running;
    }

    /// <summary>Lets the emulator reject three requests with 429.</summary>
    private async Task ThrottleNextAsync(HttpMethod? method)
    {
        if (method is null)
        {
            await ThrottleAsync(times: 3);
            return;
        }

        // The request that is sent first uses up the only one of this second.
        var number = 0;
        BeforeRequest = (request, _) =>
            (number += number > 0 || request.Method == method ? 1 : 0) switch
            {
                0 => new EmulatorFaults { RequestsPerSecond = 1 },
                4 => new EmulatorFaults(),
                _ => null,
            };
    }

    private async Task<int> CountAssetsAsync()
    {
        Emulator.Faults = new EmulatorFaults();
        return (await Emulator.GetAssetNamesAsync(Service)).Count(name => name == "/new.txt");
    }

    private Task<List<VariableResource>> ListVariablesAsync() =>
        Client
            .Variables.ListAsync(Service, Environment, cancellationToken: Cancellation)
            .ToListAsync(Cancellation)
            .AsTask();
}
