namespace Serverless.Assets.Emulator.Tests.Hosting;

public sealed class PersistenceTests
{
    [Fact]
    public async Task A_restart_keeps_everything_byte_for_byte()
    {
        using var folder = new TempFolder();
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        string dump,
            buildAddress,
            build,
            deploymentsAddress,
            deployments,
            variablesAddress,
            variables,
            domain;
        await using (var first = await TestEmulator.StartAsync(folder: folder.Path))
        {
            var service = (await first.Api.CreateServiceAsync()).Sid();
            var asset = await first.Api.CreateAssetAsync(service);
            var version = (await first.Api.UploadAsync(service, asset, "/a.bin", "public", bytes, "image/png"))
                .Created()
                .Sid();
            var created = (await first.Api.BuildAsync(service, version)).Created();
            var environment = await first.Api.CreateEnvironmentAsync(service);
            (await first.Api.DeployAsync(service, environment.Sid(), created.Sid())).Created();
            buildAddress = $"/v1/Services/{service}/Builds/{created.Sid()}";
            build = PortLess(first, await first.Api.GetAsync(buildAddress));
            deploymentsAddress = $"/v1/Services/{service}/Environments/{environment.Sid()}/Deployments";
            deployments = PortLess(first, await first.Api.GetAsync(deploymentsAddress));
            await first.Api.CreateVariableAsync(service, environment.Sid(), "COLOR", "grün\nund blau");
            variablesAddress = $"/v1/Services/{service}/Environments/{environment.Sid()}/Variables";
            variables = PortLess(first, await first.Api.GetAsync(variablesAddress));
            dump = PortLess(first, await first.Api.GetAsync("/__emulator/services"));
            domain = environment.Text("domain_name")!.Split(':')[0];
            Assert.True(File.Exists(folder["emulator.json"]));
        }

        Assert.False(File.Exists(folder["emulator.json"]));
        await using var second = await TestEmulator.StartAsync(folder: folder.Path);

        Assert.Equal(dump, PortLess(second, await second.Api.GetAsync("/__emulator/services")));
        Assert.Equal(build, PortLess(second, await second.Api.GetAsync(buildAddress)));
        Assert.Equal(deployments, PortLess(second, await second.Api.GetAsync(deploymentsAddress)));
        Assert.Equal(variables, PortLess(second, await second.Api.GetAsync(variablesAddress)));
        var site = await second.Api.SiteAsync($"{domain}:{second.Port}", "/a.bin");
        Assert.Equal(bytes, site.Body);
        Assert.Equal("image/png", site.Headers["Content-Type"]);
    }

    [Fact]
    public async Task A_build_that_was_under_way_is_done_in_time()
    {
        using var folder = new TempFolder();
        string address;
        await using (
            var first = await TestEmulator.StartAsync(
                new EmulatorFaults { BuildSeconds = 60, FailBuilds = true },
                folder: folder.Path
            )
        )
        {
            var service = (await first.Api.CreateServiceAsync()).Sid();
            var build = (await first.Api.BuildAsync(service, await first.Api.AddAsync(service, "/a", "a")))
                .Created()
                .Sid();
            address = $"/v1/Services/{service}/Builds/{build}/Status";
        }

        await using var second = await TestEmulator.StartAsync(folder: folder.Path);
        Assert.Equal("building", (await second.Api.GetAsync(address)).Ok().Text("status"));
        second.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("failed", (await second.Api.GetAsync(address)).Ok().Text("status"));
    }

    [Fact]
    public async Task A_start_removes_contents_that_nothing_names()
    {
        using var folder = new TempFolder();
        string kept;
        await using (var first = await TestEmulator.StartAsync(folder: folder.Path))
        {
            await first.Api.CreateServiceAsync();
            await first.Api.AddAsync("shop", "/a", "kept");
            kept = Assert.Single(folder.Files("content"));
        }

        folder.Write("content/ab/abcd");
        folder.Write("content/incoming/half");

        await using var second = await TestEmulator.StartAsync(folder: folder.Path);

        Assert.Equal([kept], folder.Files("content"));
    }

    /// <summary>Many projects have a folder with the name of the one in which the emulator stores files.</summary>
    [Fact]
    public async Task A_start_in_a_project_keeps_its_files()
    {
        using var folder = new TempFolder();
        string[] own = ["content/about.md", "content/de/LICENSE", "content/incoming/new.md", "content/incoming/x/old"];
        Array.ForEach(own, file => folder.Write(file));
        await using (var first = await TestEmulator.StartAsync(folder: folder.Path))
        {
            await first.Api.CreateServiceAsync();
            await first.Api.AddAsync("shop", "/a", "kept");
        }

        await using var second = await TestEmulator.StartAsync(folder: folder.Path);

        Assert.All(own, file => Assert.True(File.Exists(folder[file]), file));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_folder_of_an_older_emulator_is_upgraded(int version)
    {
        const string Service = "ZS00000000000000000000000000000001";
        const string Environment = "ZE00000000000000000000000000000001";
        const string One = $"/v1/Services/{Service}/Environments/{Environment}";
        using var folder = new TempFolder();
        using (var database = Emulator.Storage.Database.Open(folder["emulator.db"]))
        {
            Emulator.Storage.Schema.Run(database, from: 0, to: version);
            database.Execute(
                $"""
                INSERT INTO services VALUES (7, '{Service}', '{ApiClient.Account}', 'shop', 'Shop', 1, 0, 'shop-1', 1, 2);
                INSERT INTO environments VALUES
                    (8, '{Environment}', '{ApiClient.Account}', '{Service}', 'dev', '', 'shop-1', 1, 2);
                """
            );
        }

        await using (var second = await TestEmulator.StartAsync(folder: folder.Path))
        {
            Assert.Equal("Shop", (await second.GetAsync("/v1/Services/SHOP")).Text("friendly_name"));
            Assert.Equal("dev", (await second.GetAsync(One)).Text("unique_name"));
            Assert.Empty((await second.GetAsync($"{One}/Logs")).All("logs", "sid"));
            await second.Api.CreateVariableAsync(Service, Environment, "COLOR", "red");
        }

        await using (var third = await TestEmulator.StartAsync(folder: folder.Path))
        {
            Assert.Equal(["red"], (await third.GetAsync($"{One}/Variables")).All("variables", "value"));
            await third.DeleteAsync($"/v1/Services/{Service}");
        }

        using var left = Emulator.Storage.Database.Open(folder["emulator.db"]);
        Assert.Equal(
            0,
            left.QueryNumber("SELECT count(*) FROM environments") + left.QueryNumber("SELECT count(*) FROM variables")
        );
    }

    [Fact]
    public async Task A_folder_of_a_newer_emulator_is_left_alone()
    {
        using var folder = new TempFolder();
        await using (await TestEmulator.StartAsync(folder: folder.Path)) { }

        using (var database = Emulator.Storage.Database.Open(folder["emulator.db"]))
        {
            database.Execute("PRAGMA user_version = 99");
        }

        var problem = await Assert.ThrowsAsync<InvalidDataException>(() =>
            TestEmulator.StartAsync(folder: folder.Path)
        );

        Assert.Equal(
            "The data folder was created by a newer version of the emulator: its schema is 99, "
                + "and this version supports up to 4.",
            problem.Message
        );
    }

    private static string PortLess(TestEmulator emulator, ApiResult answer)
    {
        answer.Ok();
        return answer.Text.Replace($":{emulator.Port}", ":PORT", StringComparison.Ordinal);
    }
}
