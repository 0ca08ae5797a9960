namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>The emulator in the process of somebody's test, with its public members only.</summary>
public sealed class InProcessTests
{
    private static readonly byte[] Binary = [0, 1, 2, 0xff, (byte)'\r', (byte)'\n', 0];

    [Fact]
    public async Task In_memory_it_serves_uploads_and_sites_and_writes_no_file()
    {
        using var folder = new TempFolder();
        await using var emulator = await ServerlessEmulator.StartAsync(
            new ServerlessEmulatorOptions { DataDirectory = folder["data"], InMemory = true },
            TestEmulator.Token
        );
        using var api = new ApiClient(emulator.BaseAddress);

        var (version, domain) = await DeployAsync(api, "/a.txt", "first");

        Assert.Equal("first", (await api.GetAsync($"/__emulator/versions/{version}/content")).Text);
        Assert.Equal("first", (await api.SiteAsync(domain, "/a.txt")).Text);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task In_memory_two_emulators_share_nothing_and_nothing_remains()
    {
        await using var other = await StartAsync();
        await using (var one = await StartAsync())
        {
            using var api = new ApiClient(one.BaseAddress);
            await DeployAsync(api, "/a.txt", "first");
        }

        using var otherApi = new ApiClient(other.BaseAddress);
        Assert.Empty((await otherApi.GetAsync("/v1/Services")).Ok().All("services", "sid"));
        Assert.Equal(["Service.List"], other.Requests.Select(request => request.Operation));
    }

    [Fact]
    public async Task The_content_of_a_Function_is_stored_in_memory_too()
    {
        await using var emulator = await StartAsync();
        using var api = new ApiClient(emulator.BaseAddress);
        var service = (await api.CreateServiceAsync()).Sid();

        var version = await api.AddAsync(
            service,
            "/hello",
            "exports.handler = 1;",
            contentType: "application/javascript",
            collection: "Functions"
        );

        var function = emulator.Requests.Single(request => request.Operation == "Function.Create");
        Assert.Equal("/hello", function.Fields["FriendlyName"]);
        var functions = (await api.GetAsync($"/v1/Services/{service}/Functions")).Ok().All("functions", "sid");
        var content = await api.GetAsync(
            $"/v1/Services/{service}/Functions/{functions.Single()}/Versions/{version}/Content"
        );
        Assert.Equal("exports.handler = 1;", content.Ok().Text("content"));
    }

    [Fact]
    public async Task An_upload_is_recorded_with_its_fields_and_its_file()
    {
        await using var emulator = await StartAsync();
        using var api = new ApiClient(emulator.BaseAddress);
        var service = (await api.CreateServiceAsync()).Sid();
        var asset = await api.CreateAssetAsync(service);

        (await api.UploadAsync(service, asset, "/a.bin", "private", Binary, "application/x-test")).Created();

        var upload = emulator.Requests[^1];
        Assert.Equal(
            ("AssetVersion.Create", "POST", $"/v1/Services/{service}/Assets/{asset}/Versions", 201),
            (upload.Operation, upload.Method, upload.Path, upload.Status)
        );
        Assert.Equal(
            ["Path=/a.bin", "Visibility=private"],
            upload.Fields.Select(field => $"{field.Key}={field.Value}")
        );
        Assert.Equal(("file.bin", "application/x-test"), (upload.FileName, upload.ContentType));
        Assert.Equal(Binary, upload.Content?.ToArray());
    }

    [Fact]
    public async Task A_repeated_field_is_recorded_with_all_values()
    {
        await using var emulator = await StartAsync();
        using var api = new ApiClient(emulator.BaseAddress);
        var service = (await api.CreateServiceAsync()).Sid();
        string[] versions = [await api.AddAsync(service, "/a.txt", "a"), await api.AddAsync(service, "/b.txt", "b")];

        (await api.BuildAsync(service, versions)).Created();

        var build = emulator.Requests[^1];
        Assert.Equal(versions, build.Fields["AssetVersions"].ToArray());
        Assert.Null(build.Content);
    }

    [Theory]
    [InlineData("refused", 400)]
    [InlineData("failed", 500)]
    [InlineData("closed", null)]
    public async Task Requests_that_fail_are_recorded(string what, int? status)
    {
        await using var emulator = await StartAsync();
        using var api = new ApiClient(emulator.BaseAddress);
        emulator.Faults = what switch
        {
            "failed" => new EmulatorFaults { Rate500 = 1 },
            "closed" => new EmulatorFaults { RateResetAfterWork = 1 },
            _ => new EmulatorFaults(),
        };
        var name = what == "refused" ? "not valid!" : "shop";

        await Record.ExceptionAsync(() => api.PostAsync("/v1/Services", ("UniqueName", name), ("FriendlyName", "x")));

        var request = emulator.Requests[^1];
        Assert.Equal(("Service.Create", status), (request.Operation, request.Status));
        Assert.Equal(["FriendlyName", "UniqueName"], request.Fields.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Requests_whose_form_is_not_read_are_recorded()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults { AllowedConcurrency = 1, HangNthRequest = 1 },
            options => options with { InMemory = true }
        );
        var hanging = emulator.Api.GetAsync("/v1/Services");
        await emulator.WaitForStatsAsync(
            stats => stats.GetProperty("faults").TryGetProperty("hang", out _),
            "the request that gets no response",
            hanging
        );

        Assert.Equal(429, (await emulator.Api.PostAsync("/v1/Services", ("UniqueName", "shop"))).Status);

        Assert.Equal(
            [("Service.List", null), ("Service.Create", 429)],
            emulator.Server.Requests.Select(request => (request.Operation, request.Status))
        );
        Assert.All(emulator.Server.Requests, request => Assert.Empty(request.Fields));
        await emulator.Server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => hanging);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_returns_to_the_initial_state(bool inMemory)
    {
        using var folder = new TempFolder();
        await using var emulator = await ServerlessEmulator.StartAsync(
            new ServerlessEmulatorOptions
            {
                DataDirectory = folder["data"],
                InMemory = inMemory,
                Faults = new EmulatorFaults { Seed = 7 },
            },
            TestEmulator.Token
        );
        using var api = new ApiClient(emulator.BaseAddress);
        var (version, domain) = await DeployAsync(api, "/a.txt", "first");
        emulator.Faults = new EmulatorFaults { Seed = 8 };

        await emulator.ResetAsync(TestEmulator.Token);

        Assert.Empty(emulator.Requests);
        Assert.Equal(7, emulator.Faults.Seed);
        Assert.Empty((await api.GetAsync("/v1/Services")).Ok().All("services", "sid"));
        Assert.Equal(404, (await api.GetAsync($"/__emulator/versions/{version}/content")).Status);
        Assert.Equal(404, (await api.SiteAsync(domain, "/a.txt")).Status);
        Assert.Equal(1, (await api.GetAsync("/__emulator/stats")).Ok().GetProperty("requests").GetInt64());
        Assert.Equal(
            "second",
            (await api.SiteAsync((await DeployAsync(api, "/a.txt", "second")).Domain, "/a.txt")).Text
        );
    }

    private static Task<ServerlessEmulator> StartAsync() =>
        ServerlessEmulator.StartAsync(new ServerlessEmulatorOptions { InMemory = true }, TestEmulator.Token);

    private static async Task<(string Version, string Domain)> DeployAsync(ApiClient api, string path, string text)
    {
        var service = (await api.CreateServiceAsync()).Sid();
        var version = await api.AddAsync(service, path, text);
        var build = (await api.BuildAsync(service, version)).Created().Sid();
        var environment = await api.CreateEnvironmentAsync(service);
        (await api.DeployAsync(service, environment.Sid(), build)).Created();
        return (version, environment.Text("domain_name")!);
    }
}
