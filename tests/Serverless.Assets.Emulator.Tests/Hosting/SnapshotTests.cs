namespace Serverless.Assets.Emulator.Tests.Hosting;

public sealed class SnapshotTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_snapshot_is_restored_as_often_as_needed(bool inMemory)
    {
        await using var emulator = await TestEmulator.StartAsync(configure: it => it with { InMemory = inMemory });
        var domain = await DeployAsync(emulator, "first");
        var before = (await emulator.GetAsync("/__emulator/services")).GetRawText();
        var snapshot = await emulator.Server.SnapshotAsync(TestEmulator.Token);

        for (var round = 0; round < 2; round++)
        {
            var services = (await emulator.GetAsync("/v1/Services")).All("services", "sid");
            await emulator.DeleteAsync($"/v1/Services/{services.Single()}");
            await emulator.Api.CreateServiceAsync($"other-{round}");
            Assert.Equal(404, (await emulator.Api.SiteAsync(domain, "/a.txt")).Status);

            await emulator.Server.RestoreAsync(snapshot, TestEmulator.Token);

            Assert.Equal("first", (await emulator.Api.SiteAsync(domain, "/a.txt")).Text);
            Assert.Equal(before, (await emulator.GetAsync("/__emulator/services")).GetRawText());
        }
    }

    [Fact]
    public async Task It_can_be_restored_into_another_emulator_which_then_goes_its_own_way()
    {
        await using var first = await TestEmulator.StartAsync();
        await using var second = await TestEmulator.StartAsync(configure: it => it with { InMemory = true });
        var domain = await DeployAsync(first, "first");
        await second.Api.CreateServiceAsync("gone");

        await second.Server.RestoreAsync(await first.Server.SnapshotAsync(TestEmulator.Token), TestEmulator.Token);

        Assert.Equal(["shop"], (await second.GetAsync("/v1/Services")).All("services", "unique_name"));
        Assert.Equal("first", (await second.Api.SiteAsync(domain, "/a.txt")).Text);
        await second.Api.CreateServiceAsync("new");
        Assert.Equal(["shop"], (await first.GetAsync("/v1/Services")).All("services", "unique_name"));
    }

    [Fact]
    public async Task Requests_faults_and_behavior_are_not_part_of_it()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var snapshot = await emulator.Server.SnapshotAsync(TestEmulator.Token);
        await emulator.Api.CreateServiceAsync();
        emulator.Faults = new EmulatorFaults { Seed = 3 };
        emulator.Server.Behavior = new EmulatorBehavior { AnswersHead = true };

        await emulator.Server.RestoreAsync(snapshot, TestEmulator.Token);

        Assert.Empty((await emulator.GetAsync("/v1/Services")).All("services", "sid"));
        Assert.Equal(["Service.Create", "Service.List"], emulator.Server.Requests.Select(request => request.Operation));
        Assert.Equal(3, emulator.Faults.Seed);
        Assert.True(emulator.Server.Behavior.AnswersHead);
    }

    [Fact]
    public async Task Restoring_deletes_the_files_of_what_it_replaces()
    {
        using var folder = new TempFolder();
        await using var emulator = await TestEmulator.StartAsync(folder: folder.Path);
        await DeployAsync(emulator, "first");
        var snapshot = await emulator.Server.SnapshotAsync(TestEmulator.Token);
        await emulator.Api.AddAsync("shop", "/b.txt", "second");
        Assert.Equal(2, CountFiles());

        await emulator.Server.RestoreAsync(snapshot, TestEmulator.Token);

        Assert.Equal(1, CountFiles());
        int CountFiles() => Directory.GetFiles(folder["content"], "*", SearchOption.AllDirectories).Length;
    }

    private static async Task<string> DeployAsync(TestEmulator emulator, string text)
    {
        await emulator.Api.CreateServiceAsync();
        var version = await emulator.Api.AddAsync("shop", "/a.txt", text);
        var build = (await emulator.Api.BuildAsync("shop", version)).Created().Sid();
        var environment = await emulator.Api.CreateEnvironmentAsync("shop");
        (await emulator.Api.DeployAsync("shop", environment.Sid(), build)).Created();
        await emulator.Api.CreateVariableAsync("shop", environment.Sid(), "KEY", "value");
        return environment.Text("domain_name")!;
    }
}
