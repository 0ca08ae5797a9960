using Serverless.Assets.Deployment;
using Serverless.Assets.Diagnostics;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Tests.Deployment;

public sealed class DeploymentInputTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Problems_of_settings_and_manifest_are_reported_together()
    {
        Write("{");

        Assert.Equal(
            ["SAB1009", "SAB1014", "SAB5007", "SAB1003", "SAB1001"],
            Find(
                    Settings
                        .With(SettingTable.Timeout, "soon")
                        .With(SettingTable.Environment, "not a name")
                        .With(SettingTable.ServiceSid, "ZS1"),
                    FakeEnvironment.Empty
                )
                .Select(problem => problem.Code)
        );
    }

    [Fact]
    public void A_Build_to_roll_back_to_is_checked_before_any_request()
    {
        const string Secret = "zK3v9QmW2xRt7LpY5bNc8JhD1sFg4TaE";
        var settings = TestSettings.Create(_temp).With(SettingTable.Environment, "not a name");

        var failure = Assert.Throws<AssetException>(() =>
            DeploymentInput.Read(settings.With(SettingTable.RollbackTo, Secret), Context())
        );

        Assert.Equal(["SAB1014", "SAB4014"], failure.Diagnostics.Select(problem => problem.Code));
        Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_cannot_be_read_is_the_only_problem_if_it_would_name_the_Service() =>
        Assert.Equal(["SAB5006"], Find(Settings, TestSettings.Environment).Select(problem => problem.Code));

    [Fact]
    public async Task The_manifest_names_the_Service_of_the_emulator()
    {
        await using var bench = await EngineWorkbench.StartAsync();
        bench.WriteFiles(1);
        var uploaded = await bench.UploadAsync();
        var settings = bench.Settings.With(SettingTable.ServiceName, null).With(SettingTable.Emulator, true);

        Assert.Equal(uploaded.ServiceSid, ManifestInput.Read(settings, Context()).Service.ServiceSidOrName);
        Assert.Equal(uploaded.ServiceSid, DeploymentInput.Read(settings, Context()).Service.ServiceSidOrName);
    }

    [Fact]
    public void An_operation_that_needs_no_manifest_needs_another_setting_for_the_Service()
    {
        var failure = Assert.Throws<AssetException>(() => DeploymentInput.Read(Settings, Context()));

        DiagnosticAssert.Same(failure.Diagnostics, ConfigurationDiagnostics.NoService());
    }

    private SettingValues Settings => TestSettings.Create(_temp).With(SettingTable.ServiceSid, null);

    private static IReadOnlyList<Diagnostic> Find(SettingValues settings, Func<string, string?> environment) =>
        Assert.Throws<AssetException>(() => ManifestInput.Read(settings, Context(environment))).Diagnostics;

    private static EngineContext Context(Func<string, string?>? environment = null) =>
        new() { Logger = new RecordingLogger(), GetEnvironmentVariable = environment ?? TestSettings.Environment };

    private void Write(string manifest) => _temp.Write("out/serverless-assets.manifest.json", manifest);
}
