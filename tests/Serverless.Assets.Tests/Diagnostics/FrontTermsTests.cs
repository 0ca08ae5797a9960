using Serverless.Assets.Diagnostics;
using Serverless.Assets.Mapping;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Diagnostics;

/// <summary>Each front shows the same message in its own terms.</summary>
public sealed class FrontTermsTests
{
    private static readonly Dictionary<string, (SanitizedText Text, string MSBuild, string CommandLine)> Cases = new()
    {
        ["settings"] = (
            $"Set {SettingTable.ServiceSid} to its SID, or {SettingTable.ServiceName} to its name.",
            "Set ServerlessAssetsServiceSid to its SID, or ServerlessAssetsServiceName to its name.",
            "Set --service-sid to its SID, or --service-name to its name."
        ),
        ["a switch that is on"] = (
            $"with {SettingTable.CreateService.SetTo(true)} it is created",
            "with ServerlessAssetsCreateService=true it is created",
            "with --create-service it is created"
        ),
        ["a switch that is off"] = (
            $"set {SettingTable.VisibilityFromFileName.SetTo(false)} to keep",
            "set ServerlessAssetsVisibilityFromFileName=false to keep",
            "set --visibility-from-file-name false to keep"
        ),
        ["a setting with a value"] = (
            $"set {SettingTable.PathCharacters.SetTo(PathCharacters.Dash)} to turn",
            "set ServerlessAssetsPathCharacters=Dash to turn",
            "set --path-characters Dash to turn"
        ),
        ["a setting before a value from outside"] = (
            $"{SettingTable.ApiBaseUrl} '{"x"}' is not an origin",
            "ServerlessAssetsApiBaseUrl 'x' is not an origin",
            "--api-base-url 'x' is not an origin"
        ),
        ["a setting with an option of another name"] = (
            $"Set {SettingTable.ManifestPath} or {SettingTable.RollbackTo}.",
            "Set ServerlessAssetsManifestPath or ServerlessAssetsRollbackTo.",
            "Set --manifest or --build."
        ),
        ["a setting without a property prefix"] = (
            $"again with {SettingTable.Yes.SetTo(true)}.",
            "again with ServerlessAssetsYes=true.",
            "again with --yes."
        ),
        ["a setting of MSBuild only"] = (
            $"set {SettingTable.FromPublish.SetTo(true)}",
            "set ServerlessAssetsFromPublish=true",
            "set ServerlessAssetsFromPublish=true"
        ),
        ["a target and a command"] = (
            $"Run {CommandReference.Verify} again",
            "Run VerifyServerlessAssets again",
            "Run serverless-assets verify again"
        ),
        ["metadata that is an option"] = (
            $"Exclude it with {SettingTable.ExcludePatterns} or .serverlessignore.",
            "Exclude it with ExcludePatterns or .serverlessignore.",
            "Exclude it with --exclude-patterns or .serverlessignore."
        ),
        ["metadata that has no option"] = (
            $"Change its {new FrontPhrase($"AssetPath or {SettingTable.PathPrefix}", $"{SettingTable.PathPrefix}")}.",
            "Change its AssetPath or PathPrefix.",
            "Change its --path-prefix."
        ),
        ["a phrase"] = (
            $"Create it, or {new FrontPhrase($"correct its ServerlessAssetFolder", $"name another folder")}.",
            "Create it, or correct its ServerlessAssetFolder.",
            "Create it, or name another folder."
        ),
        ["a file with the name of a setting"] = (
            $"'{"ServerlessAssetsServiceSid.txt"}' can't be read by a Service's user",
            "'ServerlessAssetsServiceSid.txt' can't be read by a Service's user",
            "'ServerlessAssetsServiceSid.txt' can't be read by a Service's user"
        ),
        ["a folder with the name of a setting"] = (
            $"{"/src/ServerlessAssetsServiceSid/x.txt"}",
            "/src/ServerlessAssetsServiceSid/x.txt",
            "/src/ServerlessAssetsServiceSid/x.txt"
        ),
        ["apostrophes around a setting"] = (
            $"it can't be; set {SettingTable.Timeout}, and it's done",
            "it can't be; set ServerlessAssetsTimeout, and it's done",
            "it can't be; set --timeout, and it's done"
        ),
        ["a name that begins like a setting"] = (
            $"from {"Serverless.Assets.Build"}",
            "from Serverless.Assets.Build",
            "from Serverless.Assets.Build"
        ),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_in_the_terms_of_the_front(string name)
    {
        var (text, msBuild, commandLine) = Cases[name];
        Assert.Equal(msBuild, text.Render(FrontTerms.MSBuild));
        Assert.Equal(commandLine, text.Render(FrontTerms.CommandLine));
        Assert.Equal(msBuild, text.ToString());
    }

    [Fact]
    public void A_reference_keeps_its_place_in_a_text_that_becomes_part_of_another()
    {
        SanitizedText inner = $"set {SettingTable.Timeout}, ";
        SanitizedText outer = $"a\n{inner}{inner}{SettingTable.Yes} {"b\n"}{default(SanitizedText)}";
        Assert.Equal("a\nset --timeout, set --timeout, --yes b\\u000a", outer.Render(FrontTerms.CommandLine));
        Assert.Equal("--yes.", ((SanitizedText)$"{SettingTable.Yes}.").Render(FrontTerms.CommandLine));
        Assert.Equal("Full.--yes.", ((SanitizedText)$"{"Full."}{SettingTable.Yes}.").Render(FrontTerms.CommandLine));
    }

    [Fact]
    public void Texts_with_references_are_equal_when_all_their_parts_are()
    {
        SanitizedText one = $"Set {SettingTable.Timeout} for {"a"}.";
        SanitizedText same = $"Set {SettingTable.Timeout} for {"a"}.";
        SanitizedText otherSetting = $"Set {SettingTable.RequestTimeout} for {"a"}.";
        SanitizedText literal = $"Set ServerlessAssetsTimeout for {"a"}.";
        Assert.True(one == same && one.GetHashCode() == same.GetHashCode());
        Assert.True(one != otherSetting);
        Assert.True(one != literal && literal != one);
        Assert.Equal(literal, one.Resolve(FrontTerms.MSBuild));
    }

    [Fact]
    public void A_diagnostic_has_its_text_in_the_terms_of_each_front()
    {
        var problem = ConfigurationDiagnostics.NoService();
        Assert.Contains("ServerlessAssetsServiceSid", problem.Message, StringComparison.Ordinal);
        Assert.Contains(" --service-sid ", problem.Render(FrontTerms.CommandLine), StringComparison.Ordinal);
        Assert.Equal(problem.Message, problem.Render(FrontTerms.MSBuild));
    }
}
