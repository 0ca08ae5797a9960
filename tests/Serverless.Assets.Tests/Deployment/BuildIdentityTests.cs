using Serverless.Assets.Client;
using Serverless.Assets.Deployment;
using static Serverless.Assets.TestSupport.TestManifest;

namespace Serverless.Assets.Tests.Deployment;

public sealed class BuildIdentityTests
{
    private static readonly BuildContents Wanted = new()
    {
        AssetVersions = [TestSid.Create("ZN", 1), TestSid.Create("ZN", 2)],
        FunctionVersions = [TestSid.Create("ZN", 51)],
        Dependencies = [Dependency("axios", "1.2.3")],
        Runtime = "node22",
    };

    private static readonly BuildResource Same = Build(Live("/b", 2, 2), Live("/a", 1, 1)) with
    {
        FunctionVersions = [Function("/voice", 51)],
        Dependencies =
        [
            Dependency("twilio", "5.0.0"),
            Dependency("@twilio/runtime-handler", "2.0.0"),
            Dependency("axios", "1.2.3"),
        ],
    };

    private static readonly Dictionary<string, BuildResource> Others = new()
    {
        ["an asset less"] = Same with { AssetVersions = [Live("/a", 1, 1)] },
        ["an asset more"] = Same with { AssetVersions = [.. Same.AssetVersions!, Live("/c", 3, 3)] },
        ["no function"] = Same with { FunctionVersions = null },
        ["another function"] = Same with { FunctionVersions = [Function("/voice", 52)] },
        ["another version of a dependency"] = Same with { Dependencies = [Dependency("axios", "1.2.4")] },
        ["a dependency less"] = Same with { Dependencies = [Dependency("twilio", "5.0.0")] },
        ["a dependency more"] = Same with { Dependencies = [.. Same.Dependencies!, Dependency("lodash", "4.0.0")] },
        ["another runtime"] = Same with { Runtime = "node20" },
    };

    public static TheoryData<string> OtherNames => [.. Others.Keys];

    [Fact]
    public void Order_letter_case_and_what_the_service_adds_make_no_difference()
    {
        Assert.True(BuildIdentity.IsSame(Wanted, Same));
        Assert.True(
            BuildIdentity.IsSame(
                Wanted with
                {
                    AssetVersions =
                    [
                        .. Wanted.AssetVersions.Select(sid => TestSid.From(sid.ToString().ToUpperInvariant())),
                    ],
                },
                Same
            )
        );
        Assert.True(BuildIdentity.IsSame(Wanted with { Runtime = null }, Same));
    }

    [Theory]
    [MemberData(nameof(OtherNames))]
    public void Anything_else_does(string what) => Assert.False(BuildIdentity.IsSame(Wanted, Others[what]), what);

    [Fact]
    public void A_requested_version_of_twilio_is_compared()
    {
        Assert.False(
            BuildIdentity.IsSame(
                Wanted with
                {
                    Dependencies = [.. Wanted.Dependencies, Dependency("twilio", "4.0.0")],
                },
                Same
            )
        );
        Assert.True(
            BuildIdentity.IsSame(
                Wanted with
                {
                    Dependencies = [.. Wanted.Dependencies, Dependency("twilio", "5.0.0")],
                },
                Same
            )
        );
    }

    /// <summary>With node24, the service replaces runtime handlers from 1.2.0 that are older than 2.1.2.</summary>
    [Theory]
    [InlineData("node24", "1.2.0", "2.1.2", true)]
    [InlineData("node24", "2.1.0", "2.1.3", true)]
    [InlineData("node24", "2.1.2", "2.1.2", true)]
    [InlineData("node24", "2.1.2", "2.1.3", false)] // not raised, because it is new enough
    [InlineData("node24", "1.1.9", "2.1.2", false)] // fails instead
    [InlineData("node24", "2.0.1", "2.1.1", false)]
    [InlineData("node24", "^2.0.0", "2.1.2", false)]
    [InlineData("node22", "2.0.1", "2.1.2", false)]
    [InlineData("node26", "2.0.1", "2.1.2", true)]
    public void A_runtime_handler_that_the_service_raised_is_the_same(
        string runtime,
        string requested,
        string actual,
        bool isSame
    ) =>
        Assert.Equal(
            isSame,
            BuildIdentity.IsSame(
                Wanted with
                {
                    Dependencies = [.. Wanted.Dependencies, Dependency("@twilio/runtime-handler", requested)],
                    Runtime = runtime,
                },
                Same with
                {
                    Dependencies = [.. Wanted.Dependencies, Dependency("@twilio/runtime-handler", actual)],
                    Runtime = runtime,
                }
            )
        );
}
