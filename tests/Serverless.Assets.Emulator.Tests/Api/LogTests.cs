using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Serverless.Assets.Emulator.Storage;

namespace Serverless.Assets.Emulator.Tests.Api;

/// <summary>
/// Functions are not executed. Each request to the path of a deployed Function leaves one Log that says so.
/// </summary>
public sealed class LogTests
{
    [Fact]
    public async Task A_log_has_the_fields_of_the_service()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var site = await DeployAsync(emulator);
        emulator.Clock.Advance(TimeSpan.FromSeconds(61.5));

        await site.InvokeAsync("/1", HttpMethod.Post);

        var log = Assert.Single(await site.ListAsync());
        var url = $"{emulator.Url}{site.Logs}/{log.Sid()}";
        Assert.Matches(new Regex("^NO[0-9a-f]{32}$"), log.Sid());
        Assert.Matches(new Regex("^RQ[0-9a-f]{32}$"), log.Text("request_sid"));
        JsonAssert.Same(
            $$"""
            {
              "sid": "{{log.Sid()}}",
              "account_sid": "{{ApiClient.Account}}",
              "service_sid": "{{site.Service}}",
              "environment_sid": "{{site.Environment}}",
              "build_sid": "{{site.Build}}",
              "deployment_sid": "{{site.Deployment}}",
              "function_sid": "{{site.Functions["/1"]}}",
              "request_sid": "{{log.Text("request_sid")}}",
              "level": "warning",
              "message": "The emulator does not run Functions. Request: POST /1",
              "date_created": "2026-03-01T12:01:01Z",
              "url": "{{url}}"
            }
            """,
            log
        );
        JsonAssert.Same(log.GetRawText(), (await emulator.Api.GetAsync(url)).Ok());
    }

    [Fact]
    public async Task Logs_are_listed_in_pages_newest_first()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var site = await DeployAsync(emulator);
        await site.InvokeAsync("/1");
        await site.InvokeAsync("/2");
        await site.InvokeAsync("/3");

        var list = (await emulator.Api.GetAsync($"{site.Logs}?PageSize=2&StartDate=2026-03-01T12:00:00Z")).Ok();
        var next = (await emulator.Api.GetAsync(list.GetProperty("meta").Text("next_page_url")!)).Ok();

        Assert.Equal("logs", list.GetProperty("meta").Text("key"));
        Assert.Equal(["/3", "/2"], Paths(list));
        Assert.Equal(["/1"], Paths(next));
    }

    [Fact]
    public async Task A_function_and_a_period_select_logs()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var site = await DeployAsync(emulator);
        await site.InvokeAsync("/1"); // 2026-03-01T12:00:00Z
        emulator.Clock.Advance(TimeSpan.FromHours(1));
        await site.InvokeAsync("/2");
        emulator.Clock.Advance(TimeSpan.FromHours(1));
        await site.InvokeAsync("/3");

        Assert.Equal(["/1"], Paths(await GetAsync($"FunctionSid={site.Functions["/1"]}")));
        Assert.Equal(["/3", "/2"], Paths(await GetAsync("StartDate=2026-03-01T13:00:00Z")));
        Assert.Equal(["/2", "/1"], Paths(await GetAsync("EndDate=2026-03-01T14:30:00%2B01:00")));
        Assert.Equal(["/2"], Paths(await GetAsync("StartDate=2026-03-01T12:00:00.001Z&EndDate=2026-03-01T13:59:59Z")));
        Assert.Empty(Paths(await GetAsync("FunctionSid=ZH00000000000000000000000000000000")));

        async Task<JsonElement> GetAsync(string query) => (await emulator.Api.GetAsync($"{site.Logs}?{query}")).Ok();
    }

    [Fact]
    public async Task Without_a_start_logs_are_those_of_the_last_day()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var site = await DeployAsync(emulator);
        await site.InvokeAsync("/1");

        emulator.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Single(await site.ListAsync());
        emulator.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Empty(await site.ListAsync());
        Assert.Single(await site.ListAsync("?StartDate=2026-03-01T00:00:00Z"));
    }

    [Fact]
    public async Task The_urls_of_pages_have_the_filter()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var site = await DeployAsync(emulator);
        const string Filter =
            "StartDate=2018-11-10T20%3A00%3A00Z&EndDate=2018-12-10T20%3A00%3A00Z"
            + "&FunctionSid=ZH00000000000000000000000000000000";

        var list = (await emulator.Api.GetAsync($"{site.Logs}?{Filter}")).Ok();

        JsonAssert.Same(
            $$"""
            {
              "logs": [],
              "meta": {
                "first_page_url": "{{emulator.Url}}{{site.Logs}}?{{Filter}}&PageSize=50&Page=0",
                "key": "logs",
                "next_page_url": null,
                "page": 0,
                "page_size": 50,
                "previous_page_url": null,
                "url": "{{emulator.Url}}{{site.Logs}}?{{Filter}}&PageSize=50&Page=0"
              }
            }
            """,
            list
        );
    }

    [Theory]
    [InlineData("StartDate=yesterday", "StartDate is not a date and time such as 2018-11-10T20:00:00Z")]
    [InlineData("EndDate=2026-13-01T00:00:00Z", "EndDate is not a date and time such as 2018-11-10T20:00:00Z")]
    [InlineData("FunctionSid=ZN00000000000000000000000000000000", "FunctionSid is not the SID of a Function")]
    [InlineData(
        "EndDate=2026-01-01T00:00:00Z&EndDate=2026-01-01T00:00:00Z",
        "EndDate occurs more than once in the query"
    )]
    public async Task A_filter_that_is_none_is_refused(string query, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();
        var site = await DeployAsync(emulator);

        (await emulator.Api.GetAsync($"{site.Logs}?{query}")).Refused(400, 20001, message);
    }

    [Fact]
    public async Task The_newest_1000_logs_of_an_environment_are_kept()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var site = await DeployAsync(emulator);
        await site.InvokeAsync("/1");
        for (var i = 0; i < 999; i++)
        {
            await site.InvokeAsync("/2");
        }

        Assert.Equal((1000, "/1"), await CountAsync());
        await site.InvokeAsync("/3");
        Assert.Equal((1000, "/2"), await CountAsync());

        async Task<(int Count, string Oldest)> CountAsync()
        {
            var paths = Paths((await emulator.Api.GetAsync($"{site.Logs}?PageSize=1000")).Ok());
            return (paths.Length, paths[^1]);
        }
    }

    [Fact]
    public void A_message_has_one_line_and_a_limited_length()
    {
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path) = ("G\nET", "/f\r\n\u001b[31m\u202e" + new string('x', 5000));

        var message = FunctionLog.CreateMessage(request);

        Assert.StartsWith(
            "The emulator does not run Functions. Request: G?ET /f%0D%0A%1B%5B31m%E2%80%AExxx",
            message,
            StringComparison.Ordinal
        );
        Assert.Equal(500, message.Length);
        Assert.EndsWith("x…", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_belongs_to_its_environment_and_goes_with_it()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var site = await DeployAsync(emulator);
        var other = (await emulator.Api.CreateEnvironmentAsync(site.Service, "other", "other")).Sid();
        await site.InvokeAsync("/1");
        var log = Assert.Single(await site.ListAsync()).Sid();
        var logsOfOther = $"/v1/Services/{site.Service}/Environments/{other}/Logs";

        Assert.Equal(404, (await emulator.Api.GetAsync($"{logsOfOther}/{log}")).Status);
        Assert.Empty(Paths((await emulator.Api.GetAsync(logsOfOther)).Ok()));
        await emulator.DeleteAsync($"/v1/Services/{site.Service}/Environments/{site.Environment}");
        Assert.Equal(404, (await emulator.Api.GetAsync($"{site.Logs}/{log}")).Status);
        Assert.Equal(404, (await emulator.Api.GetAsync(site.Logs)).Status);
    }

    private static string[] Paths(JsonElement list) =>
        [.. list.All("logs", "message").Select(message => message.Split(' ')[^1])];

    /// <summary>Deploys the Functions <c>/1</c>, <c>/2</c> and <c>/3</c>.</summary>
    private static async Task<FunctionSite> DeployAsync(TestEmulator emulator)
    {
        var api = emulator.Api;
        var service = (await api.CreateServiceAsync()).Sid();
        var versions = new List<string>();
        foreach (var path in new[] { "/1", "/2", "/3" })
        {
            versions.Add(await api.AddAsync(service, path, "exports", collection: "Functions"));
        }

        var build = await emulator.PostAsync(
            $"/v1/Services/{service}/Builds",
            [.. versions.Select(sid => ("FunctionVersions", sid))]
        );
        var environment = await api.CreateEnvironmentAsync(service);
        var deployment = (await api.DeployAsync(service, environment.Sid(), build.Sid())).Created();
        return new FunctionSite(
            emulator,
            service,
            environment.Sid(),
            environment.Text("domain_name"),
            build.Sid(),
            deployment.Sid(),
            build
                .GetProperty("function_versions")
                .EnumerateArray()
                .ToDictionary(version => version.Text("path")!, version => version.Text("function_sid")!)
        );
    }

    private sealed record FunctionSite(
        TestEmulator Emulator,
        string Service,
        string Environment,
        string Domain,
        string Build,
        string Deployment,
        IReadOnlyDictionary<string, string> Functions
    )
    {
        public string Logs => $"/v1/Services/{Service}/Environments/{Environment}/Logs";

        public async Task InvokeAsync(string path, HttpMethod? method = null) =>
            Assert.Equal(501, (await Emulator.Api.SiteAsync(Domain, path, method)).Status);

        public async Task<IReadOnlyList<JsonElement>> ListAsync(string query = "") =>
            [.. (await Emulator.Api.GetAsync($"{Logs}{query}")).Ok().GetProperty("logs").EnumerateArray()];
    }
}
