using System.Text.RegularExpressions;

namespace Serverless.Assets.Emulator.Tests.Pages;

/// <summary>The forms of the fault and behavior settings, without a browser.</summary>
public sealed partial class SettingsFormTests
{
    [Fact]
    public async Task Saving_the_form_unchanged_changes_nothing()
    {
        var faults = new EmulatorFaults
        {
            Seed = -3,
            AllowedConcurrency = 20,
            RetryAfterSeconds = 0,
            ConcurrencyHeader = true,
            ConcurrencyHeaderCounts = ConcurrencyHeaderCount.AtResponse,
            Rate500 = 0.125,
            ClockShiftSeconds = 1e-7,
            RejectStatus = 503,
            RejectPathContains = "<&\"",
        };
        var behavior = new EmulatorBehavior
        {
            AnswersHead = true,
            ServesRanges = false,
            BuildsPerHour = 100,
        };
        await using var emulator = await TestEmulator.StartAsync(
            faults,
            options => options with { Behavior = behavior }
        );
        var fields = await GetFieldsAsync(emulator);

        var saved = await PostAsync(emulator, "/faults", fields);
        await PostAsync(emulator, "/behavior", fields);

        Assert.Contains("The settings are saved.", saved.Text, StringComparison.Ordinal);
        Assert.Equal(faults, emulator.Faults);
        Assert.Equal(behavior, emulator.Server.Behavior);
    }

    [Fact]
    public async Task Empty_fields_get_their_defaults()
    {
        await using var emulator = await TestEmulator.StartAsync(
            new EmulatorFaults
            {
                LatencyMs = 5,
                RejectPathContains = "x",
                FailBuilds = true,
            }
        );

        await PostAsync(emulator, "/faults", [("latencyMs", ""), ("rejectPathContains", ""), ("rate500", "0.5")]);

        Assert.Equal(new EmulatorFaults { Rate500 = 0.5 }, emulator.Faults);
    }

    [Theory]
    [InlineData("rate500", "2", "rate500 must be from 0 to 1. The value is 2.")]
    [InlineData("rate500", "NaN", "rate500 must be a number from 0 to 1. The value is &quot;NaN&quot;.")]
    [InlineData(
        "latencyMs",
        "1.5",
        "latencyMs must be a whole number from 0 to 2147483647. The value is &quot;1.5&quot;."
    )]
    [InlineData(
        "retryAfterSeconds",
        "soon",
        "retryAfterSeconds must be a whole number from 0 to 2147483647. The value is &quot;soon&quot;."
    )]
    [InlineData("onlyOperation", "Asset", "onlyOperation must be one of Asset.Create, Asset.Delete,")]
    [InlineData("latencyMs", "<b>", "The value is &quot;\\u003Cb\\u003E&quot;.")]
    public async Task A_wrong_value_is_reported_and_kept_in_the_form(string name, string value, string message)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var page = await PostAsync(emulator, "/faults", [(name, value), ("failBuilds", "true")]);

        Assert.Equal(400, page.Status);
        Assert.Contains(message, page.Text, StringComparison.Ordinal);
        Assert.Contains("The settings have not changed.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"name=\"{name}\" value=\"{value.Replace("<b>", "&lt;b&gt;", StringComparison.Ordinal)}\"",
            page.Text,
            StringComparison.Ordinal
        );
        Assert.Equal(new EmulatorFaults(), emulator.Faults);
    }

    [Theory]
    [InlineData("/faults", "failBuilds")]
    [InlineData("/faults/preset", "preset")]
    [InlineData("/behavior", "answersHead")]
    [InlineData("/reset", "anything")]
    public async Task A_page_of_another_origin_cannot_change_anything(string address, string field)
    {
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { Seed = 7 });
        await emulator.Api.CreateServiceAsync();

        foreach (
            var (header, value) in new[] { ("Origin", "https://attacker.example"), ("Sec-Fetch-Site", "cross-site") }
        )
        {
            var answer = await emulator.Api.SendAsync(
                HttpMethod.Post,
                address,
                ApiClient.Form((field, "true")),
                request => request.Headers.Add(header, value)
            );

            Assert.Equal(403, answer.Status);
        }

        Assert.Equal(new EmulatorFaults { Seed = 7 }, emulator.Faults);
        Assert.Equal(new EmulatorBehavior(), emulator.Server.Behavior);
        Assert.Single((await emulator.GetAsync("/__emulator/services")).GetProperty("services").EnumerateArray());
    }

    [Theory]
    [InlineData("null", 403)]
    [InlineData(null, 200)]
    public async Task Only_the_emulators_own_page_changes_the_settings(string? origin, int status)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var page = await emulator.Api.SendAsync(
            HttpMethod.Post,
            "/faults",
            ApiClient.Form(("failBuilds", "true")),
            request =>
            {
                if (origin is not null)
                {
                    request.Headers.Add("Origin", origin);
                }
            }
        );

        Assert.Equal(status, page.Status);
        Assert.Equal(status == 200, emulator.Faults.FailBuilds);
    }

    [Theory]
    [InlineData("application/json", 400)]
    [InlineData("application/x-www-form-urlencoded", 413)]
    public async Task A_body_that_is_no_form_or_too_large_is_refused(string type, int status)
    {
        await using var emulator = await TestEmulator.StartAsync();

        var answer = await emulator.Api.SendAsync(
            HttpMethod.Post,
            "/faults",
            new StringContent("a=" + new string('x', 70_000), System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type))
        );

        Assert.Equal(status, answer.Status);
    }

    private static Task<ApiResult> PostAsync(
        TestEmulator emulator,
        string address,
        IEnumerable<(string Name, string Value)> fields
    ) => emulator.Api.PostAsync(address, [.. fields]);

    /// <summary>The fields as a browser would send them.</summary>
    private static async Task<IReadOnlyList<(string Name, string Value)>> GetFieldsAsync(TestEmulator emulator)
    {
        var html = (await emulator.Api.GetAsync("/faults")).Text;
        var fields = Inputs()
            .Matches(html)
            .Where(input =>
                !input.Value.Contains("checkbox", StringComparison.Ordinal)
                || input.Value.Contains(" checked", StringComparison.Ordinal)
            )
            .Select(input =>
                (Name().Match(input.Value).Groups[1].Value, Decode(Value().Match(input.Value).Groups[1].Value))
            )
            .Concat(
                Selects()
                    .Matches(html)
                    .Select(select =>
                        (
                            Name().Match(select.Value).Groups[1].Value,
                            Decode(Selected().Match(select.Value).Groups[1].Value)
                        )
                    )
            )
            .ToList();
        Assert.True(fields.Count > 20);
        return fields;
    }

    private static string Decode(string html) => System.Net.WebUtility.HtmlDecode(html);

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<select .*?</select>", RegexOptions.Singleline)]
    private static partial Regex Selects();

    [GeneratedRegex("name=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex("value=\"([^\"]*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("value=\"([^\"]*)\" selected")]
    private static partial Regex Selected();
}
