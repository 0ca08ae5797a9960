using Serverless.Assets.Deployment;
using Serverless.Assets.Files;

namespace Serverless.Assets.Tests.Deployment;

/// <summary>The result files beside the manifest may have been edited, or be of another version.</summary>
public sealed class RecordFileTests : IDisposable
{
    private static readonly DeploymentRecord Deployed = new()
    {
        Version = 1,
        ServiceSid = TestSid.Create("ZS", 1),
        Environment = "dev",
        EnvironmentSid = TestSid.Create("ZE", 1),
        Domain = "site-1234-dev.twil.io",
        Url = "https://site-1234-dev.twil.io/",
        BuildSid = TestSid.Create("ZB", 2),
        DeploymentSid = null,
        PreviousBuildSid = TestSid.Create("ZB", 1),
    };

    private readonly TempFolder _temp = new();

    private RecordFile<DeploymentRecord> File =>
        RecordFiles.Deployment(_temp["out/serverless-assets.manifest.json"], new PhysicalFileSystem());

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        File.Write(Deployed);

        Assert.Equal(Deployed, File.Read());
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("\"https://site-1234-dev.twil.io/\"", "null")]
    [InlineData("\"https://site-1234-dev.twil.io/\"", "\"https://site-1234-dev.twil.io:8443/\"")]
    [InlineData("\"https://site-1234-dev.twil.io/\"", "\"javascript:alert(1)\"")]
    [InlineData("\"site-1234-dev.twil.io\"", "\"evil.com/path\"")]
    [InlineData("\"ZB00000000000000000000000000000001\"", "\"../../etc/passwd\"")]
    [InlineData("\"ZB00000000000000000000000000000002\"", "null")]
    [InlineData("\"ZB00000000000000000000000000000002\"", "5")]
    [InlineData("\"ZE", "\"ZB")]
    [InlineData("\"ZE", "\"ZE\\ud800")]
    [InlineData("\"dev\"", "null")]
    [InlineData("\"environment\"", "\"other\"")]
    [InlineData("{", "[")]
    public void An_invalid_record_file_is_treated_as_missing(string valid, string invalid)
    {
        File.Write(Deployed);
        var json = System.IO.File.ReadAllText(File.Path);
        Assert.Contains(valid, json, StringComparison.Ordinal);
        System.IO.File.WriteAllText(File.Path, json.Replace(valid, invalid, StringComparison.Ordinal));

        Assert.Null(File.Read());

        File.Write(Deployed);
        Assert.Equal(Deployed, File.Read());
    }
}
