namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>Calls of one client that need the same resource at the same time create it once.</summary>
public sealed class SimultaneousCallTests : EmulatorTest
{
    private const int Calls = 20;

    [Fact]
    public async Task An_Asset() =>
        await AssertOneAsync("Asset.Create", async () => (await Client.Assets.FindOrCreateAsync(Service, "/b")).Sid);

    [Fact]
    public async Task An_Environment() =>
        await AssertOneAsync(
            "Environment.Create",
            async () => (await Client.Environments.FindOrCreateAsync(Service, "new", "new")).Sid
        );

    [Fact]
    public async Task A_Service() =>
        await AssertOneAsync("Service.Create", async () => (await Client.Services.FindOrCreateAsync("new")).Sid);

    [Fact]
    public async Task A_Variable() =>
        await AssertOneAsync(
            "Variable.Create",
            async () => (await Client.Variables.SetAsync(Service, Environment, "KEY", "value")).Sid
        );

    [Fact]
    public async Task A_canceled_call_does_not_stop_the_others()
    {
        using var caller = new CancellationTokenSource();
        await caller.CancelAsync();
        var canceled = Client.Assets.FindOrCreateAsync(Service, "/b", caller.Token);

        await Client.Assets.FindOrCreateAsync(Service, "/b", Cancellation);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
    }

    private async Task AssertOneAsync(string operation, Func<Task<Sid>> call)
    {
        var found = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => call()));

        Assert.Single(found.Distinct());
        Assert.Single(Requests, request => request.Operation == operation);
    }
}
