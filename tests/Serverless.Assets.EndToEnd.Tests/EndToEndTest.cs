namespace Serverless.Assets.EndToEnd.Tests;

/// <summary>
/// Creates consumer projects, whose folders are kept when a test fails, and emulators in this process.
/// </summary>
public abstract class EndToEndTest(PackageFeed feed) : IAsyncLifetime
{
    /// <summary>The emulator accepts any key. Tests search the output of builds for the secret.</summary>
    private protected const string User = TestCredentials.ApiKey;
    private protected const string Secret = TestCredentials.Secret;

    private readonly List<ConsumerProject> _projects = [];
    private readonly List<TestEmulator> _emulators = [];

    protected PackageFeed Feed { get; } = feed;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var emulator in _emulators)
        {
            await emulator.DisposeAsync();
        }

        foreach (var project in _projects)
        {
            if (TestContext.Current.TestState?.Result == TestResult.Failed)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"Kept: {project.Root}");
            }
            else
            {
                project.Delete();
            }
        }

        GC.SuppressFinalize(this);
    }

    private protected ConsumerProject NewProject(string name = "Site") => Keep(ConsumerProject.Create(Feed, name));

    /// <summary>Creates a project that uploads to the emulator as it would to the service.</summary>
    private protected ConsumerProject NewProject(TestEmulator emulator) => ToService(NewProject(), emulator);

    /// <summary>Creates a web project that uploads to the emulator.</summary>
    private protected ConsumerProject NewWebProject(TestEmulator emulator) =>
        ToService(Keep(ConsumerProject.Create(Feed, sdk: "Microsoft.NET.Sdk.Web")), emulator)
            .Property("ServerlessAssetsFromPublish", "true")
            .File("Program.cs", "Microsoft.AspNetCore.Builder.WebApplication.Create().Run();");

    private ConsumerProject Keep(ConsumerProject project)
    {
        _projects.Add(project);
        return project;
    }

    /// <inheritdoc cref="NewProject(TestEmulator)"/>
    private protected static ConsumerProject ToService(ConsumerProject project, TestEmulator emulator) =>
        project
            .Property("ServerlessAssetsServiceName", "site")
            .Property("ServerlessAssetsCreateService", "true")
            .Property("ServerlessAssetsApiBaseUrl", emulator.Url)
            .Property("ServerlessAssetsUploadBaseUrl", emulator.Url)
            .Environment("TWILIO_API_KEY", User)
            .Environment("TWILIO_API_SECRET", Secret);

    private protected async Task<TestEmulator> StartEmulatorAsync()
    {
        var emulator = await TestEmulator.StartInMemoryAsync(TimeProvider.System);
        _emulators.Add(emulator);
        return emulator;
    }
}
