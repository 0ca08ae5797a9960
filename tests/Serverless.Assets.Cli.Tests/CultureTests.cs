namespace Serverless.Assets.Cli.Tests;

/// <summary>What scripts read is the same on every machine.</summary>
public sealed class CultureTests
{
    public static TheoryData<string> All => Cultures.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task Plans_lists_and_outputs_are_the_same(string culture)
    {
        await using var bench = await Workbench.StartAsync();
        bench.Write("assets/INDEX.HTML", "i");
        bench.Write("assets/large.bin", new string('x', 1_600_000));
        bench.Write("serverless-assets.json", """{ "timeout": 90, "maxConcurrency": 7, "environment": "dev" }""");
        await bench.RunAsync("upload");
        await bench.RunAsync("deploy");
        await bench.RunAsync("upload", "--outputs", bench.PathOf("expected"));
        string[][] commands =
        [
            ["plan", "--json"],
            ["plan"],
            ["list", "--json"],
            ["list"],
            ["versions list", "--asset", "/INDEX.HTML"],
            ["versions list", "--asset", "/INDEX.HTML", "--json"],
            ["versions list", "--asset", "/index.htm", "--limit", "1,000"],
            ["versions list", "--asset", "/index.htm"],
            ["plan", "--timeout", "1.5"],
            ["plan", "--timeout", "-5"],
            ["plan", "--max-concurrency", "1,000"],
        ];
        var expected = await RunAllAsync();

        Cultures.Use(culture);
        Assert.Equal(expected, await RunAllAsync());
        await bench.RunAsync("upload", "--outputs", bench.PathOf("actual"));

        Assert.Equal(
            await File.ReadAllTextAsync(bench.PathOf("expected"), Workbench.Token),
            await File.ReadAllTextAsync(bench.PathOf("actual"), Workbench.Token)
        );

        async Task<IReadOnlyList<(int, string, string)>> RunAllAsync()
        {
            var runs = new List<(int, string, string)>();
            foreach (var command in commands)
            {
                var run = await bench.RunAsync(command[0], command[1..]);
                runs.Add((run.ExitCode, run.Out, run.Error));
            }

            return runs;
        }
    }

    [Theory]
    [InlineData("Serverless.Assets.Client", "Serverless.Assets.Client.dll")]
    [InlineData("Serverless.Assets", "Serverless.Assets.dll")]
    [InlineData("Serverless.Assets.Reporting", "Serverless.Assets.Reporting.dll")]
    [InlineData("Serverless.Assets.Cli", "serverless-assets.dll")]
    public void No_code_formats_a_fraction_or_a_time_in_the_current_culture(string project, string assembly) =>
        Assert.Equal([], CultureScan.Find(Repository.OutputOf(project, assembly)));
}
