using Serverless.Assets.Client;
using Serverless.Assets.State;

namespace Serverless.Assets.Tests.State;

/// <summary>What runs tell each other about their requests.</summary>
public sealed class SharedUsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("8 1 0")] // an earlier version
    [InlineData("8 100 0 40 8")]
    [InlineData("8 100 0 40 8 0 0")]
    [InlineData("0 100 0 40 8 0")]
    [InlineData("-8 100 0 40 8 0")]
    [InlineData("1001 100 0 40 8 0")]
    [InlineData("99999999999 100 0 40 8 0")]
    [InlineData("8 200 0 40 8 0")]
    [InlineData("8 1x0 0 40 8 0")]
    [InlineData("8 10 0 40 8 0")]
    [InlineData("8 1000 0 40 8 0")]
    [InlineData("8 100 -1 40 8 0")]
    [InlineData("8 100 1001 40 8 0")]
    [InlineData("8 100 0 -40 8 0")]
    [InlineData("8 100 0 1001 8 0")]
    [InlineData("8 100 0 40 1001 0")]
    [InlineData("8 100 0 40 8 -1")]
    [InlineData("8 100 0 40 8 x")]
    [InlineData("８ 100 0 40 8 0")]
    public void Other_values_are_ignored(string value)
    {
        Assert.Null(SharedUsage.Parse("a", value));
    }

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        RunUsage[] usages =
        [
            new("a", 1, IsBusy: true) { HasFoundLimit = true },
            new("b", 1000, IsBusy: false)
            {
                Needed = 9,
                IsLimited = true,
                Adopted = new AdoptedShare(1000, 334, 7),
            },
            new("c", 2, IsBusy: true) { Adopted = new AdoptedShare(Total: 0, Part: 2, Rejected: 0) },
        ];

        Assert.All(usages, usage => Assert.Equal(usage, SharedUsage.Parse(usage.Id, SharedUsage.Format(usage))));
    }
}
