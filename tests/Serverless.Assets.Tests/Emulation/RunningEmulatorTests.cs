using Serverless.Assets.Emulation;

namespace Serverless.Assets.Tests.Emulation;

/// <summary>The file can come from someone else, or from another program.</summary>
public sealed class RunningEmulatorTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5005")]
    [InlineData("http://localhost:5005/")]
    [InlineData("http://[::1]:5005")]
    public void An_address_of_this_machine_is_one(string url) =>
        Assert.Equal(new RunningEmulator(url, 1, "x"), Find($$"""{"url":"{{url}}","pid":1,"id":"x"}"""));

    [Theory]
    [InlineData("file:///x")]
    [InlineData("ftp://localhost/")]
    [InlineData("/abc")]
    [InlineData("https://localhost:5005")]
    [InlineData("net.pipe://localhost/")]
    [InlineData("http://10.0.0.1:5005")]
    [InlineData("http://127.0.0.1.example:5005")]
    [InlineData("http://localhost@example.com")]
    [InlineData("abc")]
    [InlineData("")]
    public void Any_other_address_is_none(string url) => Assert.Null(Find($$"""{"url":"{{url}}","pid":1,"id":"x"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{"url":null,"pid":1,"id":"x"}""")]
    [InlineData("""{"url":"http://localhost","pid":1,"id":null}""")]
    [InlineData("""{"url":"http://localhost","pid":"1","id":"x"}""")]
    [InlineData("""{"url":"http://localhost","pid":1e99,"id":"x"}""")]
    [InlineData("""{"url":"http://localhost","pid":1}""")]
    [InlineData("""{"url":"\ud800","pid":1,"id":"x"}""")]
    public void Any_other_content_is_none(string json) => Assert.Null(Find(json));

    private static RunningEmulator? Find(string json)
    {
        using var folder = new TempFolder();
        return RunningEmulator.Find(folder.Write("emulator.json", json));
    }
}
