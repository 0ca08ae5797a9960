using Serverless.Assets.Client;
using Serverless.Assets.State.Redis;

namespace Serverless.Assets.Tests.State.Redis;

/// <summary>What runs tell each other about their requests, as Redis has it.</summary>
public sealed class SharedUsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("8")]
    [InlineData("0 1 0")]
    [InlineData("-8 1 0")]
    [InlineData("1001 1 0")]
    [InlineData("99999999999 1 0")]
    [InlineData("8 2 0")]
    [InlineData("8 1 -1")]
    [InlineData("8 1 0 0")]
    [InlineData("8 1")]
    [InlineData("８ 1 0")]
    public void Other_values_are_ignored(string value)
    {
        Assert.Null(SharedUsage.Parse("a", value));
    }

    [Fact]
    public void It_is_read_as_it_was_written()
    {
        foreach (var usage in new[] { new RunUsage("a", 1, IsBusy: true), new RunUsage("b", 1000, IsBusy: false, 7) })
        {
            Assert.Equal(usage, SharedUsage.Parse(usage.Id, SharedUsage.Format(usage)));
        }
    }
}
