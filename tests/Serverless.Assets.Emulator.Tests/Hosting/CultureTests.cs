using System.Globalization;

namespace Serverless.Assets.Emulator.Tests.Hosting;

/// <summary>An emulator that is hosted on a machine with another culture, which applies to all threads.</summary>
[Collection(typeof(CultureTests))]
[CollectionDefinition(DisableParallelization = true)]
public sealed class CultureTests : IDisposable
{
    public static TheoryData<string> All => Cultures.All;

    public void Dispose() => CultureInfo.DefaultThreadCurrentCulture = null;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Its_responses_are_the_same(string culture)
    {
        var expected = await AnswerAsync("");
        Assert.Contains("\"rate500\":0.25", expected, StringComparison.Ordinal);
        Assert.Contains("\"clockShiftSeconds\":-1.5", expected, StringComparison.Ordinal);
        Assert.Contains("2026-03-01T11:59:58Z", expected, StringComparison.Ordinal);

        Assert.Equal(expected, await AnswerAsync(culture));
    }

    [Fact]
    public void Its_code_formats_no_fraction_or_time_in_the_current_culture() =>
        Assert.Equal([], CultureScan.Find(Repository.EmulatorAssembly));

    private static async Task<string> AnswerAsync(string culture)
    {
        Cultures.Use(culture);
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture;
        await using var emulator = await TestEmulator.StartAsync(new EmulatorFaults { ClockShiftSeconds = -1.5 });
        var created = (await emulator.Api.CreateServiceAsync("INDEX-title")).GetRawText();
        emulator.Server.Faults = new EmulatorFaults { Rate500 = 0.25, ClockShiftSeconds = -1.5 };
        var faults = (await emulator.Api.GetAsync("/__emulator/faults")).Ok().GetRawText();
        return Normalize(created + faults, emulator);
    }

    /// <summary>Replaces the values that differ between emulators.</summary>
    private static string Normalize(string answer, TestEmulator emulator) =>
        System
            .Text.RegularExpressions.Regex.Replace(
                answer.Replace(emulator.Url, "http://emulator", StringComparison.Ordinal),
                "[A-Z]{2}[0-9a-f]{32}|-[0-9]{4}[\"-]",
                "…"
            )
            .Replace(" ", "", StringComparison.Ordinal);
}
