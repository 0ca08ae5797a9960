using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Settings;

/// <summary>A link that someone committed must not make a run write outside the project.</summary>
public sealed class OutputLinkCheckTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public OutputLinkCheckTests()
    {
        Directory.CreateDirectory(_temp["project/out"]);
        Directory.CreateDirectory(_temp["project/state"]);
        Directory.CreateDirectory(_temp["outside"]);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Without_links_there_are_no_problems() => Assert.Empty(Check(Settings()));

    [Theory]
    [InlineData("out/serverless-assets.manifest.json")]
    [InlineData("out/serverless-assets.manifest.json.previous")]
    [InlineData("out/serverless-assets.build.json")]
    [InlineData("out/serverless-assets.deployment.json")]
    public void A_file_beside_the_manifest_may_not_be_a_link_that_leads_out(string file)
    {
        var link = Link(file, "outside/target");
        DiagnosticAssert.Same(Check(Settings()), LeadsOut(link, "outside/target", SettingTable.ManifestPath));
        Assert.Empty(OutputLinkCheck.FindProblems(Settings(), [SettingTable.StatePath]));
    }

    [Fact]
    public void The_state_folder_may_not_contain_a_link_that_leads_out()
    {
        var link = Link("state/uploads.journal", "outside/target");
        Link("state/other", "project/elsewhere");
        DiagnosticAssert.Same(Check(Settings()), LeadsOut(link, "outside/target", SettingTable.StatePath));
        Assert.Empty(OutputLinkCheck.FindProblems(Settings(), [SettingTable.ManifestPath]));
    }

    [Fact]
    public void The_state_folder_of_a_config_file_may_not_be_a_link_that_leads_out()
    {
        var link = Link("linked", "outside");
        DiagnosticAssert.Same(
            Check(Settings().WithConfigFile(SettingTable.StatePath, link)),
            LeadsOut(link, "outside", SettingTable.StatePath)
        );
        Assert.Empty(Check(Settings().With(SettingTable.StatePath, link)));
    }

    [Fact]
    public void A_link_may_not_lead_to_the_folder_of_Git()
    {
        Directory.CreateDirectory(_temp["project/.git"]);
        var link = Link("state/uploads.journal", "project/.git/config");
        DiagnosticAssert.Same(Check(Settings()), LeadsOut(link, "project/.git/config", SettingTable.StatePath));
    }

    private static IReadOnlyList<Diagnostic> Check(SettingValues settings) =>
        OutputLinkCheck.FindProblems(settings, [SettingTable.ManifestPath, SettingTable.StatePath]);

    private string Link(string path, string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets only administrators and developers create links.");
        return _temp.LinkToFile($"project/{path}", _temp[target]);
    }

    private Diagnostic LeadsOut(string link, string target, Setting setting) =>
        ConfigurationDiagnostics.OutputLinkLeadsOut(link, _temp[target], _temp["project"], setting);

    private SettingValues Settings() =>
        new SettingValues(new ProjectContext(_temp["project"]) { ConfigFile = _temp["project/site.json"] })
            .WithConfigFile(SettingTable.ManifestPath, _temp["project/out/serverless-assets.manifest.json"])
            .WithConfigFile(SettingTable.StatePath, _temp["project/state"]);
}
