using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Settings;

/// <summary>A run must not replace a file that it needs, or that another setting names.</summary>
public sealed class OutputCollisionCheckTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Different_outputs_are_allowed() =>
        Assert.Empty(
            OutputCollisionCheck.FindProblems(
                Settings()
                    .With(SettingTable.ReportPath, _temp["out/report.html"])
                    .With(SettingTable.SummaryPath, _temp["out/summary.md"])
                    .With(SettingTable.OutputsPath, _temp["out/outputs.txt"])
            )
        );

    [Theory]
    [InlineData("site.json", "the config file")]
    [InlineData("out/serverless-assets.manifest.json.previous", "the previous manifest")]
    [InlineData("out/serverless-assets.build.json", "a result file next to the manifest")]
    [InlineData("out/serverless-assets.deployment.json", "a result file next to the manifest")]
    [InlineData("state/uploads.journal", "the upload state")]
    [InlineData("state/uploads.journal.lock", "the upload state")]
    public void A_file_that_the_run_needs_is_not_replaced(string file, string reason)
    {
        var path = _temp[file];
        DiagnosticAssert.Same(
            OutputCollisionCheck.FindProblems(Settings().With(SettingTable.ReportPath, path)),
            ConfigurationDiagnostics.OutputNotAllowed(SettingTable.ReportPath, path, reason)
        );
    }

    [Fact]
    public void Two_settings_do_not_name_one_file()
    {
        var (manifest, summary) = (_temp["out/serverless-assets.manifest.json"], _temp["out/summary.md"]);
        DiagnosticAssert.Same(
            OutputCollisionCheck.FindProblems(
                Settings()
                    .With(SettingTable.ReportPath, manifest)
                    .With(SettingTable.SummaryPath, summary)
                    .With(SettingTable.OutputsPath, summary)
            ),
            ConfigurationDiagnostics.OutputsCollide(SettingTable.ReportPath, manifest, SettingTable.ManifestPath),
            ConfigurationDiagnostics.OutputsCollide(SettingTable.OutputsPath, summary, SettingTable.SummaryPath)
        );
    }

    [Fact]
    public void A_config_file_does_not_write_to_the_folder_of_Git()
    {
        Directory.CreateDirectory(_temp[".git/hooks"]);
        var (hook, state) = (_temp[".git/hooks/pre-commit"], _temp[".git/state"]);
        DiagnosticAssert.Same(
            OutputCollisionCheck.FindProblems(
                Settings().WithConfigFile(SettingTable.ReportPath, hook).WithConfigFile(SettingTable.StatePath, state)
            ),
            ConfigurationDiagnostics.OutputNotAllowed(SettingTable.ReportPath, hook, "in the folder .git"),
            ConfigurationDiagnostics.OutputNotAllowed(SettingTable.StatePath, state, "in the folder .git")
        );
        Assert.Empty(OutputCollisionCheck.FindProblems(Settings().With(SettingTable.ReportPath, hook)));
    }

    private SettingValues Settings() =>
        new SettingValues(new ProjectContext(_temp.Path) { ConfigFile = _temp["site.json"] })
            .With(SettingTable.ManifestPath, _temp["out/serverless-assets.manifest.json"])
            .With(SettingTable.StatePath, _temp["state"]);
}
