using System.Text;

namespace Serverless.Assets.Emulator.Tests.Faults;

/// <summary><c>--fault-preset</c>, <c>--faults FILE</c> and single options.</summary>
public sealed class FaultsFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_file_overrides_a_preset_and_an_option_overrides_both()
    {
        _folder.Write("faults.json", """{ "latencyMs": 5, "seed": 7 }""");

        var faults = Parse("--seed=9", "--faults", _folder["faults.json"], "--fault-preset=busy-account").Faults;

        Assert.Equal(EmulatorFaults.BusyAccount with { LatencyMs = 5, Seed = 9 }, faults);
    }

    [Fact]
    public void A_preset_alone_and_a_file_alone()
    {
        _folder.Write("faults.json", "\uFEFF{\n  \"throttledLatencyMs\": null,\n  \"failBuilds\": true\n}");

        Assert.Equal(EmulatorFaults.FlakyNetwork, Parse("--fault-preset", "flaky-network").Faults);
        Assert.Equal(new EmulatorFaults { FailBuilds = true }, Parse("--faults", _folder["faults.json"]).Faults);
    }

    [Theory]
    [InlineData(
        "{\n  \"seed\": 1,\n  \"latencyMs\": -1\n}",
        "line 3: latencyMs must be from 0 to 2147483647. The value is -1."
    )]
    [InlineData(
        "{\n\n  \"latencyMs\":\n \"5\"}",
        "line 3: latencyMs must be a whole number from 0 to 2147483647. The value is \"5\"."
    )]
    [InlineData(
        "{\"seed\":1,\r\n\"latency\":5}",
        "line 2: 'latency' is not a fault setting. The settings are seed, latencyMs,"
    )]
    [InlineData("{\n\"onlyOperation\": \"Asset\" }", "line 2: onlyOperation must be one of Asset.Create,")]
    [InlineData("{\n\"seed\": 1,,\n}", "line 2: The fault settings are not valid JSON: ")]
    [InlineData("{\n\"seed\": 1\n", "line 3: The fault settings are not valid JSON: ")]
    [InlineData("[]", "The fault settings must be a JSON object. The value is [].")]
    [InlineData("", "line 1: The fault settings are not valid JSON: ")]
    public async Task An_error_names_the_file_the_line_and_the_setting(string json, string message)
    {
        _folder.Write("faults.json", json);

        var (code, error) = await RunAsync("--faults", _folder["faults.json"]);

        Assert.Equal(2, code);
        Assert.StartsWith(
            $"--faults '{_folder["faults.json"]}' is not valid: {message}",
            error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("LineNumber", error, StringComparison.Ordinal);
    }

    /// <summary>Windows PowerShell writes such files.</summary>
    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_file_with_a_byte_order_mark_has_that_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] file = [.. encoding.GetPreamble(), .. encoding.GetBytes("""{"rejectPathContains":"ä"}""")];
        _folder.Write("faults.json", file);

        Assert.Equal(new EmulatorFaults { RejectPathContains = "ä" }, Parse("--faults", _folder["faults.json"]).Faults);
    }

    [Theory]
    [InlineData("7B0A22726A6563745061746843C3B66E7461696E73223A22FF220A7D", "line 2: ", "UTF-8")] // in a value
    [InlineData("7B0A0A22FF223A317D", "line 3: ", "UTF-8")] // in a name
    [InlineData("FF7B7D", "line 1: ", "UTF-8")]
    [InlineData("7B7D0AC3", "line 2: ", "UTF-8")] // ends within a character
    [InlineData("EFBBBF7B0AFF7D", "line 2: ", "UTF-8")]
    [InlineData("FFFE7B000A0000D87D00", "", "UTF-16")] // half of a surrogate pair
    [InlineData("FEFF007B000AD800007D", "", "UTF-16")]
    public async Task Bytes_that_are_no_text_are_an_error(string bytes, string position, string encoding)
    {
        _folder.Write("faults.json", Convert.FromHexString(bytes));

        var (code, error) = await RunAsync("--faults", _folder["faults.json"]);

        Assert.Equal(2, code);
        Assert.StartsWith(
            $"--faults '{_folder["faults.json"]}' is not valid: {position}The fault settings are not valid {encoding}. "
                + "Save the JSON as UTF-8.",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_that_is_missing_or_too_large_is_an_error()
    {
        _folder.Write("large.json", new string(' ', 64 * 1024 + 1));

        var missing = await RunAsync("--faults", _folder["none.json"]);
        var large = await RunAsync("--faults", _folder["large.json"]);
        var folder = await RunAsync("--faults", _folder.Path);

        Assert.Equal((2, 2, 2), (missing.Code, large.Code, folder.Code));
        Assert.StartsWith(
            $"--faults '{_folder["none.json"]}' can't be read: ",
            missing.Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            $"--faults '{_folder["large.json"]}' is not valid: it has 65537 bytes, and the limit is 65536.",
            large.Error,
            StringComparison.Ordinal
        );
        Assert.StartsWith($"--faults '{_folder.Path}' can't be read: ", folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_preset_is_reported_with_the_names_of_all()
    {
        var (code, error) = await RunAsync("--fault-preset", "busy");

        Assert.Equal(2, code);
        Assert.StartsWith(
            "--fault-preset 'busy' is not valid: it must be one of busy-account, flaky-network, failing-builds.",
            error,
            StringComparison.Ordinal
        );
    }

    public void Dispose() => _folder.Dispose();

    private static ServerlessEmulatorOptions Parse(params string[] args)
    {
        var command = new EmulatorCommand();
        var parsed = command.Parse(args);
        Assert.Empty(parsed.Errors);
        return command.GetOptions(parsed);
    }

    private static async Task<(int Code, string Error)> RunAsync(params string[] args)
    {
        using var error = new StringWriter();
        var code = await EmulatorCommand.RunAsync(args, TextWriter.Null, error, TestEmulator.Token);
        return (code, error.ToString());
    }
}
