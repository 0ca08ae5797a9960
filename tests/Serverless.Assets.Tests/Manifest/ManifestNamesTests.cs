using Serverless.Assets.Manifest;

namespace Serverless.Assets.Tests.Manifest;

public sealed class ManifestNamesTests
{
    private const string ServiceSid = "ZS0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("serverless-assets.manifest.my-audio.json", "my-audio")]
    [InlineData("Serverless-Assets.Manifest.a.JSON", "a")]
    [InlineData($"serverless-assets.manifest.{ServiceSid}.json", ServiceSid)]
    [InlineData("serverless-assets.manifest.json", null)]
    [InlineData("serverless-assets.manifest..json", null)]
    [InlineData("serverless-assets.manifest.my audio.json", null)]
    [InlineData("serverless-assets.manifest.my-audio.jsonc", null)]
    [InlineData("serverless-assets.manifest-my-audio.json", null)]
    [InlineData("my-serverless-assets.manifest.audio.json", null)]
    [InlineData("manifest.json", null)]
    public void The_Service_is_between_the_name_and_the_extension(string name, string? service) =>
        Assert.Equal(service, ManifestNames.FindService(Path.Combine(Path.GetFullPath("out"), name)));

    [Fact]
    public void The_manifest_of_a_Service_is_beside_the_default_one_whatever_its_name_is()
    {
        var folder = Path.GetFullPath("out");
        var path = ManifestNames.GetPath(Path.Combine(folder, "site.json"), "my-audio");
        Assert.Equal(Path.Combine(folder, "serverless-assets.manifest.my-audio.json"), path);
        Assert.Equal("my-audio", ManifestNames.FindService(path));
    }
}
