using Serverless.Assets.Deployment;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Settings;

public sealed class SettingValuesTests
{
    private static readonly string Folder = Path.Combine(Path.GetTempPath(), "My.Site");

    private static readonly SettingValues Values = new(new ProjectContext(Folder));

    [Fact]
    public void Without_a_value_a_setting_has_its_default()
    {
        Assert.All(SettingTable.All, setting => Assert.False(Values.IsGiven(setting)));
        Assert.Equal(1800, Values.Get(SettingTable.Timeout));
        Assert.Equal("dev", Values.Get(SettingTable.Environment));
        Assert.Equal("", Values.Get(SettingTable.ServiceSid));
        Assert.True(Values.Get(SettingTable.VisibilityFromFileName));
        Assert.Equal(UnlistedAssetPolicy.Keep, Values.Get(SettingTable.OtherAssets));
        Assert.Equal(["**/*"], Values.Get(SettingTable.Patterns));
        Assert.Empty(Values.FindProblems());
    }

    [Fact]
    public void A_value_is_read_by_the_kind_of_its_setting()
    {
        var values = Values
            .With(SettingTable.Timeout, " 5 ")
            .With(SettingTable.CreateService, "True")
            .With(SettingTable.OtherAssets, "remove")
            .With(SettingTable.Allow, " a.pem ;; b%3B;100%.key;")
            .With(SettingTable.Region, "\tie1 ");

        Assert.Equal(5, values.Get(SettingTable.Timeout));
        Assert.True(values.Get(SettingTable.CreateService));
        Assert.Equal(UnlistedAssetPolicy.Remove, values.Get(SettingTable.OtherAssets));
        Assert.Equal(["a.pem", "b%3B", "100%.key"], values.Get(SettingTable.Allow));
        Assert.Equal("ie1", values.Get(SettingTable.Region));
        Assert.Empty(values.FindProblems());
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("14", 14 * 24)]
    [InlineData("14d", 14 * 24)]
    [InlineData(" 14D ", 14 * 24)]
    [InlineData("36h", 36)]
    [InlineData("3650d", 3650 * 24)]
    [InlineData("87600H", 3650 * 24)]
    public void An_age_is_a_number_of_days_or_hours(string text, int hours)
    {
        var values = Values.With(SettingTable.PruneOlderThan, text);

        Assert.Empty(values.FindProblems());
        Assert.Equal(TimeSpan.FromHours(hours), values.Get(SettingTable.PruneOlderThan));
    }

    [Theory]
    [InlineData("d")]
    [InlineData("-1")]
    [InlineData("+1d")]
    [InlineData("1.5d")]
    [InlineData("1 d")]
    [InlineData("2w")]
    [InlineData("14dd")]
    [InlineData("3651")]
    [InlineData("87601h")]
    [InlineData("99999999999")]
    [InlineData("1.00:00:00")]
    public void Any_other_age_is_an_error_that_shows_the_format(string text)
    {
        var problem = Assert.Single(Values.With(SettingTable.PruneOlderThan, text).FindProblems());

        Assert.Equal(
            $"ServerlessAssetsPruneOlderThan '{text}' is not valid: expected a number of days or hours, such as 14d or "
                + "36h, of at most 3650 days.",
            problem.Message
        );
    }

    [Fact]
    public void A_change_leaves_the_original_as_it_is()
    {
        var changed = Values.With(SettingTable.Region, "ie1");

        Assert.Equal(("", "ie1"), (Values.Get(SettingTable.Region), changed.Get(SettingTable.Region)));
        Assert.Same(Values.Project, changed.Project);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    public void A_blank_value_unsets_a_setting(string? blank)
    {
        var values = Values.With(SettingTable.Timeout, 5).With(SettingTable.Timeout, blank);

        Assert.False(values.IsGiven(SettingTable.Timeout));
        Assert.Equal(1800, values.Get(SettingTable.Timeout));
    }

    [Fact]
    public void A_value_that_equals_the_default_is_given() =>
        Assert.True(Values.With(SettingTable.Environment, "dev").IsGiven(SettingTable.Environment));

    [Fact]
    public void Every_invalid_value_is_one_error_and_reads_as_the_default()
    {
        var values = Values
            .With(SettingTable.Timeout, "soon")
            .With(SettingTable.RequestTimeout, "1.5")
            .With(SettingTable.MaxConcurrency, "-1")
            .With(SettingTable.Verify, "yes")
            .With(SettingTable.OtherAssets, "0")
            .With(SettingTable.PathCharacters, "Strict,Dash")
            .With(SettingTable.UploadOn, "Publsh");

        Assert.Equal(
            [
                "ServerlessAssetsPathCharacters 'Strict,Dash' is not valid: expected Strict or Dash.",
                "ServerlessAssetsMaxConcurrency '-1' is not valid: expected a whole number of at least 0.",
                "ServerlessAssetsRequestTimeout '1.5' is not valid: expected a whole number from 1 to 2592000.",
                "ServerlessAssetsTimeout 'soon' is not valid: expected a whole number from 1 to 2592000.",
                "ServerlessAssetsOtherAssets '0' is not valid: expected Keep, Remove or KeepFor.",
                "ServerlessAssetsVerify 'yes' is not valid: expected true or false.",
                "ServerlessAssetsUploadOn 'Publsh' is not valid: expected Publish, Build or None.",
            ],
            values.FindProblems().Select(problem => problem.Message)
        );
        Assert.All(values.FindProblems(), problem => Assert.Equal("SAB1009", problem.Code));
        Assert.Equal(["SAB1009"], values.FindProblems(SettingTable.Verify).Select(problem => problem.Code));
        Assert.Equal(
            (1800, 0, false),
            (values.Get(SettingTable.Timeout), values.Get(SettingTable.MaxConcurrency), values.Get(SettingTable.Verify))
        );
    }

    [Fact]
    public void Paths_are_relative_to_the_project_and_keep_their_spaces()
    {
        var elsewhere = Path.Combine(Path.GetTempPath(), "else where ");
        var values = Values.With(SettingTable.SummaryPath, "out/s.md").With(SettingTable.StatePath, elsewhere);

        Assert.Equal(Path.Combine(Folder, "out", "s.md"), values.GetFullPath(SettingTable.SummaryPath));
        Assert.Equal(elsewhere, values.StatePath);
        Assert.Equal(Path.Combine(Folder, "serverless-assets.manifest.json"), values.ManifestPath);
        Assert.Null(values.GetFullPath(SettingTable.ReportPath));
    }

    /// <summary>A script passes one with the output of a command, and the file would be hard to find.</summary>
    [Theory]
    [InlineData("m.json\n", @"m.json\u000a")]
    [InlineData("m.json\r\n", @"m.json\u000d\u000a")]
    [InlineData("\nout/m.json", @"\u000aout/m.json")]
    [InlineData("out\t/m.json", @"out\u0009/m.json")]
    [InlineData("m.json\u2028", @"m.json\u2028")]
    [InlineData("m.json\0", @"m.json\u0000")]
    public void A_path_with_a_line_break_or_another_control_character_is_one_error(string path, string shown)
    {
        foreach (var setting in SettingTable.All.OfType<PathSetting>())
        {
            var values = Values.With(setting, path);

            var problem = Assert.Single(values.FindProblems());
            Assert.Equal(
                $"{setting.Property} '{shown}' is not valid: expected a path without line breaks and other control characters.",
                problem.Message
            );
            Assert.Equal(Values.GetFullPath(setting), values.GetFullPath(setting));
        }
    }

    [Fact]
    public void With_the_emulator_a_Service_is_created_and_named_after_the_project()
    {
        var values = EmulatorDefaults.Apply(Values.With(SettingTable.Emulator, true));

        Assert.Equal((true, "my-site"), (values.Get(SettingTable.CreateService), values.Get(SettingTable.ServiceName)));
        Assert.Equal(
            Path.Combine(Folder, "obj", "serverless-assets", "emulator"),
            Path.GetFullPath(EmulatorDefaults.GetDataDirectory(values))
        );
    }

    [Theory]
    [InlineData("$", "site")]
    [InlineData("Straße 7", "stra-e-7")]
    [InlineData(
        "0123456789012345678901234567890123456789012345678-9",
        "0123456789012345678901234567890123456789012345678"
    )]
    public void The_name_of_that_Service_is_valid(string project, string expected)
    {
        var values = new SettingValues(Values.Project with { Name = project }).With(SettingTable.Emulator, true);

        Assert.Equal(expected, EmulatorDefaults.Apply(values).Get(SettingTable.ServiceName));
    }

    [Fact]
    public void Explicit_settings_take_precedence_over_the_emulator_defaults()
    {
        var emulator = Values.With(SettingTable.Emulator, true);

        Assert.Equal(
            (false, "mine"),
            EmulatorDefaults.Apply(
                emulator.With(SettingTable.CreateService, false).With(SettingTable.ServiceName, "mine")
            )
                is var named
                ? (named.Get(SettingTable.CreateService), named.Get(SettingTable.ServiceName))
                : default
        );
        Assert.Same(Values, EmulatorDefaults.Apply(Values));
    }
}
