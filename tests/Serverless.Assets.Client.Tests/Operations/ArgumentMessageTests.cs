using System.Net;
using System.Text.Json;

namespace Serverless.Assets.Client.Tests.Operations;

/// <summary>Arguments whose message says what is wrong, and messages of the service.</summary>
public sealed class ArgumentMessageTests : ClientTest
{
    [Fact]
    public async Task The_contents_of_a_Build()
    {
        var client = CreateClient(new StubHandler(_ => throw new InvalidOperationException("nothing is sent")));

        foreach (var (contents, name) in Contents())
        {
            var failure = await Assert.ThrowsAsync<ArgumentNullException>(() =>
                client.Builds.CreateAsync(Service, contents, Cancellation)
            );
            Assert.Equal(name, failure.ParamName);
        }

        static IEnumerable<(BuildContents Contents, string Name)> Contents()
        {
            yield return (new BuildContents { AssetVersions = null! }, "AssetVersions");
            yield return (new BuildContents { AssetVersions = [], FunctionVersions = null! }, "FunctionVersions");
            yield return (new BuildContents { AssetVersions = [], Dependencies = null! }, "Dependencies");
        }
    }

    [Theory]
    [InlineData("a-")]
    [InlineData("-a")]
    [InlineData("a_b")]
    [InlineData("ä")]
    public async Task A_domain_suffix(string suffix)
    {
        var handler = new StubHandler(_ => Fail("400"));

        var failure = await Assert.ThrowsAsync<ArgumentException>(() =>
            CreateClient(handler).Environments.CreateAsync(Service, "dev", suffix, Cancellation)
        );

        Assert.StartsWith($"'{suffix}' is not a valid domain suffix: ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public void A_folder_instead_of_a_file()
    {
        using var folder = new TempFolder();

        var failure = Assert.ThrowsAny<IOException>(() => AssetContent.FromFile(folder.Path));

        Assert.Equal($"'{folder.Path}' is a folder, not a regular file", failure.Message);
    }

    [Fact]
    public void A_file_name_with_a_folder() =>
        Assert.StartsWith(
            "'a/b.txt' is not a file name: it must not contain a folder.",
            Assert.Throws<ArgumentException>(() => AssetContent.FromText("x", fileName: "a/b.txt")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_SID_of_an_unknown_kind() =>
        Assert.Equal(
            $"'{TestSid.From("ZS1").ToString().Replace("ZS", "NO", StringComparison.Ordinal)}' is not a SID of a known kind "
                + "(AC, SK, ZS, ZH, ZN, ZB, ZE, ZD, ZV, followed by 32 hexadecimal digits)",
            Assert
                .Throws<FormatException>(() =>
                    Sid.Parse(TestSid.From("ZS1").ToString().Replace("ZS", "NO", StringComparison.Ordinal))
                )
                .Message
        );

    [Fact]
    public void A_SID_can_be_bound_from_a_route()
    {
        Assert.True(Sid.TryParse(TestSid.From("ZH1"), provider: null, out var sid));
        Assert.Equal(TestSid.From("ZH1"), sid);
        Assert.False(Sid.TryParse("ZH1", provider: null, out sid));
        Assert.Equal(default, sid);
    }

    [Fact]
    public void Enumerations_are_names_in_the_JSON_of_others() =>
        Assert.Equal(
            """["Protected","Completed"]""",
            JsonSerializer.Serialize(new object[] { Visibility.Protected, BuildStatus.Completed })
        );

    [Fact]
    public async Task A_message_of_the_service_cannot_forge_lines_or_control_a_terminal()
    {
        var json = JsonSerializer.Serialize(new { message = "one\r\ntwo \u001b[31mred" });
        var handler = new StubHandler(_ => StubHandler.Json(json, HttpStatusCode.BadRequest));

        var failure = await Assert.ThrowsAsync<ServerlessApiException>(() =>
            CreateClient(handler).Assets.ListAllAsync(Service, Cancellation)
        );

        Assert.Equal("one  two  [31mred", failure.Reason);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }
}
