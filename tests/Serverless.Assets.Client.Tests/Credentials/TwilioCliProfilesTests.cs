namespace Serverless.Assets.Client.Tests.Credentials;

public sealed class TwilioCliProfilesTests : IDisposable
{
    private readonly TempFolder _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void They_are_in_the_home_of_the_user()
    {
        Assert.Equal(
            Path.Combine("/home/me", ".twilio-cli", "config.json"),
            TwilioCliProfiles.FindPath(FakeEnvironment.From(("HOME", "/home/me")))
        );
        Assert.Equal(
            Path.Combine("/users/me", ".twilio-cli", "config.json"),
            TwilioCliProfiles.FindPath(FakeEnvironment.From(("USERPROFILE", "/users/me")))
        );
        Assert.Equal(
            Path.Combine("/config", "config.json"),
            TwilioCliProfiles.FindPath(FakeEnvironment.From(("HOME", "/home/me"), ("TWILIO_CONFIG_DIR", "/config")))
        );
        Assert.Null(TwilioCliProfiles.FindPath(FakeEnvironment.Empty));
    }

    [Fact]
    public void Profiles_of_both_formats_are_read_and_the_newer_format_wins()
    {
        var profiles = Read(
            """
            { "projects": [ { "id": "old" }, { "id": "both", "apiKey": "SK1" } ],
              "profiles": { "both": { "apiKey": " SK2 ", "apiSecret": "s", "region": "ie1" }, "new": {} },
              "activeProject": "both", "edge": "dublin" }
            """
        );

        Assert.Equal(["old", "both", "new"], profiles.Names);
        Assert.Equal("dublin", profiles.Edge);
        Assert.Equal(
            ("both", "SK2", "s", "ie1"),
            (profiles.Active!.Name, profiles.Active.ApiKey, profiles.Active.ApiSecret, profiles.Active.Region)
        );
        Assert.Null(profiles.Find("old")!.ApiKey);
        Assert.Null(profiles.Find("other"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{ "profiles": [], "projects": {}, "activeProject": 7, "edge": null }""")]
    [InlineData("""{ "projects": [ 1, { "id": " " } ] }""")]
    public void A_file_of_another_structure_has_no_profiles(string json)
    {
        var profiles = Read(json);

        Assert.Empty(profiles.Names);
        Assert.Null(profiles.Active);
        Assert.Null(profiles.Edge);
    }

    private TwilioCliProfiles Read(string json) => TwilioCliProfiles.Read(_home.Write("config.json", json));
}
