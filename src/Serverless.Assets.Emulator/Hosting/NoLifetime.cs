namespace Serverless.Assets.Emulator.Hosting;

/// <summary>Leaves the signals of the process alone: an emulator may be one of many in it, and not its master.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
