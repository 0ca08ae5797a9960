using System.Globalization;

namespace Serverless.Assets.Build.Tests;

/// <summary>MSBuild runs tasks in the culture of its user.</summary>
public sealed class CultureTests
{
    public static TheoryData<string> All => Cultures.All;

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_culture_does_not_reach_the_engine_and_is_the_same_afterwards(string culture)
    {
        await using var bench = await Workbench.StartAsync();
        var task = bench.UploadTask(
            new CapturingBuildEngine(),
            bench.Collect(Workbench.Item(bench.Write("I.txt", "a")))
        );
        CultureInfo? seen = null;
        bench.HttpHandler = () =>
        {
            seen = CultureInfo.CurrentCulture;
            return Serverless.Assets.Client.ApiConnection.CreateHandler();
        };
        Cultures.Use(culture);

        Assert.True(task.Execute());

        Assert.Equal(CultureInfo.InvariantCulture, seen);
        Assert.Equal(culture, CultureInfo.CurrentCulture.Name);
        Assert.Equal("1", Assert.Single(task.AssetVersions).GetMetadata("Size"));
    }

    [Fact]
    public void No_task_formats_a_fraction_or_a_time_in_the_current_culture() =>
        Assert.Equal(
            [],
            CultureScan.Find(Repository.OutputOf("Serverless.Assets.Build", "Serverless.Assets.Build.dll"))
        );
}
