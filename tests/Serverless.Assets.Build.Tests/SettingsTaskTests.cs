using Serverless.Assets.Settings;

namespace Serverless.Assets.Build.Tests;

/// <summary>The settings on their way from the targets to the engine.</summary>
public sealed class SettingsTaskTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task Semicolons_and_percent_signs_in_a_value_survive()
    {
        await using var bench = Workbench.Create();
        var first = bench.Write("100%25.pem", "x");
        var second = bench.Write("b.pem", "x");
        var task = bench.CollectTask(_engine, Workbench.Item(first), Workbench.Item(second));
        task.Set(SettingTable.PathCharacters, "Dash");

        Assert.False(task.Execute());
        Assert.Equal(2, _engine.Log.Count(logged => logged.Code == "SAB2015"));

        var engine = new CapturingBuildEngine();
        var allowing = bench.CollectTask(
            engine,
            Workbench.Item(first, ("AssetPath", "/a.pem")),
            Workbench.Item(second)
        );
        allowing.Set(SettingTable.Allow, "100%25.pem;b.pem");
        Assert.True(allowing.Execute(), string.Join('\n', engine.Log));
        Assert.Empty(engine.Log);
    }

    [Fact]
    public async Task A_file_that_is_larger_than_the_published_limit_is_an_error_unless_the_limits_only_warn()
    {
        await using var bench = Workbench.Create();
        var file = bench.Write("large.private.bin", new string('x', 10 * 1024 * 1024 + 1));
        var task = bench.CollectTask(_engine, Workbench.Item(file));

        Assert.False(task.Execute());
        var error = Assert.Single(_engine.Log);
        Assert.Equal("SAB2012", error.Code);
        Assert.Contains("set ServerlessAssetsServiceLimits=Warn. (https:", error.Message, StringComparison.Ordinal);

        var engine = new CapturingBuildEngine();
        var warning = bench.CollectTask(engine, Workbench.Item(file));
        warning.Set(SettingTable.ServiceLimits, "warn");
        Assert.True(warning.Execute(), string.Join('\n', engine.Log));
        Assert.Equal(["SAB2012"], engine.Log.Select(logged => logged.Code));
        Assert.Single(warning.Assets);
    }

    [Fact]
    public async Task Codes_in_NoWarn_may_have_the_separators_of_the_compiler()
    {
        await using var bench = Workbench.Create();
        var summary = bench.PathOf("summary.md");
        var task = bench.CreateTask<Tasks.StartServerlessReport>(_engine);
        task.Set(SettingTable.SummaryPath, summary);
        task.Set(SettingTable.NoWarn, "CS1591, SAB2016;NU5100 sab2018");
        Assert.True(task.Execute());

        var collect = bench.CollectTask(_engine, Workbench.Item(bench.Write("appsettings.json", "{}")));
        Assert.True(collect.Execute());

        Assert.Equal(["SAB2016"], _engine.Log.Select(logged => logged.Code)); // MSBuild itself suppresses it in the log
        Assert.DoesNotContain("SAB2016", File.ReadAllText(summary), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_on_the_path_of_the_manifest_is_an_error_and_the_file_stays()
    {
        await using var bench = Workbench.Create();
        var manifest = bench.Write("out/m.json", "precious");
        var task = bench.CreateTask<Tasks.StartServerlessReport>(_engine);
        task.Set(SettingTable.ManifestPath, manifest);
        task.Set(SettingTable.ReportPath, manifest);

        Assert.False(task.Execute());

        var error = Assert.Single(_engine.Log);
        Assert.Equal("SAB1038", error.Code);
        Assert.Contains(
            $"ServerlessAssetsReportPath is '{manifest}', which is also ServerlessAssetsManifestPath.",
            error.Message,
            StringComparison.Ordinal
        );
        Assert.Equal("precious", File.ReadAllText(manifest));
    }

    [Fact]
    public async Task An_unknown_setting_name_throws_an_exception()
    {
        await using var bench = Workbench.Create();
        var task = bench.CollectTask(_engine);
        task.Settings = [Workbench.Item("NoSuchSetting", ("Value", "x"))];

        Assert.ThrowsAny<ArgumentException>(() => task.Execute());
    }
}
