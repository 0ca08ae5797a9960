using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using static Serverless.Assets.TestSupport.TestManifest;

namespace Serverless.Assets.Tests.Deployment;

public sealed class ServicePackagesTests
{
    private const string Handler = "@twilio/runtime-handler";

    [Theory]
    [InlineData("twilio", true)]
    [InlineData(Handler, true)]
    [InlineData("@twilio/runtime", false)]
    [InlineData("axios", false)]
    public void The_service_adds_its_own_packages(string name, bool isAdded) =>
        Assert.Equal(isAdded, ServicePackages.IsAdded(name));

    [Theory]
    [InlineData("node24", Handler, "1.1.9", true)]
    [InlineData("node26", Handler, "1.1.9", true)]
    [InlineData("node24", Handler, "1.2.0", false)] // the service raises it
    [InlineData("node24", Handler, "2.1.2", false)]
    [InlineData("node22", Handler, "1.1.9", false)]
    [InlineData("node24", "twilio", "1.1.9", false)]
    [InlineData("node24", Handler, "^1.1.9", false)]
    [InlineData("node24", Handler, "1.1", false)]
    [InlineData("node24", Handler, "1.1.9-beta", false)]
    [InlineData("deno24", Handler, "1.1.9", false)]
    [InlineData("node 24", Handler, "1.1.9", false)]
    [InlineData(null, Handler, "1.1.9", false)]
    public void A_runtime_handler_is_too_old_if_its_runtime_supports_none_that_old(
        string? runtime,
        string name,
        string version,
        bool isTooOld
    )
    {
        var package = Dependency(name, version);
        var contents = new BuildContents
        {
            AssetVersions = [],
            Dependencies = [Dependency("axios", "0.1.0"), package],
            Runtime = runtime,
        };
        Assert.Equal(isTooOld ? package : null, ServicePackages.FindTooOld(contents));
    }
}
