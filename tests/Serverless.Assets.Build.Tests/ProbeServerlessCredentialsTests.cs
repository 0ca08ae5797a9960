using Serverless.Assets.Build.Tasks;

namespace Serverless.Assets.Build.Tests;

public sealed class ProbeServerlessCredentialsTests
{
    private readonly CapturingBuildEngine _engine = new();

    [Fact]
    public async Task Credentials_are_found_without_a_word()
    {
        await using var bench = Workbench.Create();
        var task = new ProbeServerlessCredentials { BuildEngine = _engine, ContextFactory = bench.CreateContext };

        Assert.True(task.Execute());

        Assert.True(task.HasCredentials);
        Assert.Empty(_engine.All);
    }

    [Fact]
    public async Task Missing_credentials_are_reported_in_one_message()
    {
        await using var bench = Workbench.Create();
        bench.Environment.Clear();
        var task = new ProbeServerlessCredentials { BuildEngine = _engine, ContextFactory = bench.CreateContext };

        Assert.True(task.Execute());

        Assert.False(task.HasCredentials);
        Assert.Equal(
            [
                LoggedEvent.High(
                    "Serverless assets: skipped, because there are no credentials and ServerlessAssetsRequired is false."
                ),
            ],
            _engine.All
        );
    }

    /// <summary>A fork has none; a typing mistake in one is for the upload to report.</summary>
    [Fact]
    public async Task A_malformed_key_counts_as_credentials()
    {
        await using var bench = Workbench.Create();
        bench.Environment["TWILIO_API_KEY"] = "SK123";
        var task = new ProbeServerlessCredentials { BuildEngine = _engine, ContextFactory = bench.CreateContext };

        Assert.True(task.Execute());

        Assert.True(task.HasCredentials);
        Assert.Empty(_engine.All);
    }
}
