using System.IO.Pipelines;
using System.Net.Sockets;

namespace Serverless.Assets.Emulator.Tests.Hosting;

public sealed class ServerTests
{
    [Fact]
    public async Task Many_run_side_by_side()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TestEmulator.StartAsync()));

        await Task.WhenAll(all.Select((emulator, i) => emulator.Api.CreateServiceAsync($"shop-{i}")));

        for (var i = 0; i < all.Length; i++)
        {
            Assert.Equal(
                [$"shop-{i}"],
                (await all[i].Api.GetAsync("/v1/Services")).Ok().All("services", "unique_name")
            );
            await all[i].DisposeAsync();
        }
    }

    [Fact]
    public async Task A_folder_has_one_emulator_at_a_time()
    {
        await using var first = await TestEmulator.StartAsync();
        var folder = first.Options.DataDirectory;

        var problem = await Assert.ThrowsAnyAsync<IOException>(() => TestEmulator.StartAsync(folder: folder));

        Assert.Equal(
            $"The data folder {folder} is in use by an emulator at http://127.0.0.1:{first.Port}.",
            problem.Message
        );
        Assert.Equal(200, (await first.Api.GetAsync("/v1/Services")).Status);
    }

    [Fact]
    public async Task A_port_that_is_taken_leaves_the_folder_free()
    {
        await using var first = await TestEmulator.StartAsync();
        using var folder = new TempFolder();

        await Assert.ThrowsAnyAsync<IOException>(() =>
            TestEmulator.StartAsync(configure: options => options with { Port = first.Port }, folder: folder.Path)
        );
        await using var second = await TestEmulator.StartAsync(folder: folder.Path);
        Assert.NotEqual(first.Port, second.Port);
    }

    [Fact]
    public async Task It_waits_until_its_input_ends()
    {
        var input = new Pipe();
        await using var emulator = await TestEmulator.StartAsync(configure: options =>
            options with
            {
                ExitWhenInputCloses = true,
                Input = input.Reader.AsStream(),
            }
        );

        var waiting = emulator.Server.WaitForShutdownAsync(TestEmulator.Token);
        await input.Writer.WriteAsync(new byte[1000], TestEmulator.Token);
        await input.Writer.FlushAsync(TestEmulator.Token);
        Assert.False(waiting.IsCompleted);

        await input.Writer.CompleteAsync();
        await waiting;
    }

    [Fact]
    public async Task It_waits_until_it_is_disposed_of()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var waiting = emulator.Server.WaitForShutdownAsync(TestEmulator.Token);
        Assert.False(waiting.IsCompleted);

        await emulator.Server.DisposeAsync();

        await waiting;
        await emulator.Server.WaitForShutdownAsync(TestEmulator.Token);
        using var client = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(async () =>
            await client.ConnectAsync("127.0.0.1", emulator.Port, TestEmulator.Token)
        );
    }
}
