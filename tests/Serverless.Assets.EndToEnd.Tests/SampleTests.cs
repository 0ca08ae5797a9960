using System.Xml.Linq;

namespace Serverless.Assets.EndToEnd.Tests;

public sealed class SampleTests
{
    /// <summary>The sample can be published without an account. With the switch off, it needs credentials.</summary>
    [Fact]
    public void The_sample_runs_against_the_emulator()
    {
        var project = XDocument.Load(Repository.PathOf("samples/StaticSite/StaticSite.csproj"));

        Assert.Equal("true", project.Descendants("ServerlessAssetsEmulator").Single().Value);
        Assert.Equal("Publish", project.Descendants("ServerlessAssetsDeployOn").Single().Value);
    }
}
