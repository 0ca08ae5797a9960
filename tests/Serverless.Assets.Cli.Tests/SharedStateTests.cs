using Serverless.Assets.Emulator;

namespace Serverless.Assets.Cli.Tests;

/// <summary>A state folder that was not left in order, or that two runs share.</summary>
public sealed class SharedStateTests
{
    private const int Files = 40;

    public static TheoryData<string> TornTails =>
        new()
        {
            "1234abcd {\"upload\":{\"key\":{\"acc",
            "12",
            new string('\0', 4096),
            "1234abcd {\"upload\"" + new string('\0', 1000),
        };

    [Theory]
    [MemberData(nameof(TornTails))]
    public async Task A_torn_line_at_the_end_of_the_state_is_silently_ignored(string tail)
    {
        await using var bench = await Workbench.StartAsync();
        Write(bench);
        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        var before = File.ReadAllBytes(bench.JournalPath);
        File.AppendAllText(bench.JournalPath, tail);
        bench.Write("assets/0.txt", "changed");

        var run = (await bench.RunAsync("upload", "--json")).SucceededSilently();

        Assert.Equal(
            (1, Files - 1),
            (run.Json.GetProperty("uploaded").GetInt32(), run.Json.GetProperty("unchanged").GetInt32())
        );
        Assert.StartsWith(
            System.Text.Encoding.UTF8.GetString(before),
            File.ReadAllText(bench.JournalPath),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain('\0', File.ReadAllText(bench.JournalPath));
        var next = (await bench.RunAsync("upload", "--json")).SucceededSilently();
        Assert.Equal(0, next.Json.GetProperty("uploaded").GetInt32());
    }

    /// <summary>A file system may keep the length of a file whose content the power cut took.</summary>
    [Fact]
    public async Task A_state_of_nothing_but_zeros_is_replaced_with_a_warning()
    {
        await using var bench = await Workbench.StartAsync();
        Write(bench);
        (await bench.RunAsync("upload", "--quiet")).SucceededSilently();
        File.WriteAllBytes(bench.JournalPath, new byte[4096]);

        var run = await bench.RunAsync("upload", "--json");

        Assert.Equal((0, Files), (run.ExitCode, run.Json.GetProperty("uploaded").GetInt32()));
        Assert.Equal(["SAB5001"], run.Codes);
        Assert.Equal(
            0,
            (await bench.RunAsync("upload", "--json")).SucceededSilently().Json.GetProperty("uploaded").GetInt32()
        );
    }

    [Fact]
    public async Task Two_processes_share_a_state_folder_at_the_same_time()
    {
        await using var bench = await Workbench.StartAsync(new EmulatorFaults { LatencyMs = 5 });
        Write(bench);
        string[] services = ["one", "two"];
        var programs = services.Select(service => bench.Start(ArgumentsFor(bench, service))).ToList();

        var runs = await Task.WhenAll(programs.Select(program => program.EndAsync()));

        programs.ForEach(program => program.Dispose());
        Assert.All(runs, run => Assert.Equal(Files, run.SucceededSilently().Json.GetProperty("uploaded").GetInt32()));
        await bench.Emulator.ResetStatsAsync();
        foreach (var service in services)
        {
            var again = (await bench.RunExactlyAsync(ArgumentsFor(bench, service))).SucceededSilently().Json;
            Assert.Equal(
                (0, Files),
                (again.GetProperty("uploaded").GetInt32(), again.GetProperty("unchanged").GetInt32())
            );
        }

        Assert.Equal(0, await bench.Emulator.CountUploadsAsync());
    }

    private static void Write(Workbench bench)
    {
        for (var i = 0; i < Files; i++)
        {
            bench.Write($"assets/{i}.txt", $"content {i}");
        }
    }

    private static string[] ArgumentsFor(Workbench bench, string service) =>
        [
            "upload",
            "--json",
            "--quiet",
            "--project",
            bench.Project,
            "--state-path",
            "state",
            "--manifest",
            $"{service}.json",
            "--service-name",
            service,
            "--create-service",
            "--api-base-url",
            bench.Emulator.Url,
            "--upload-base-url",
            bench.Emulator.Url,
        ];
}
