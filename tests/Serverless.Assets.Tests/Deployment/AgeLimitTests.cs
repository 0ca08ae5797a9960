using Serverless.Assets.Deployment;
using Serverless.Assets.Tests.Upload;

namespace Serverless.Assets.Tests.Deployment;

public sealed class AgeLimitTests : UploadTest
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void A_resource_is_old_if_it_is_older_than_the_limit()
    {
        var age = Create(3 * Day);
        Assert.True(age.IsOld(Ago((3 * Day) + TimeSpan.FromTicks(1))));
        Assert.False(age.IsOld(Ago(3 * Day)));
        Assert.False(age.IsOld(default));
        Assert.False(age.IsZero);
    }

    [Fact]
    public void Without_a_limit_everything_is_old()
    {
        var age = Create(TimeSpan.Zero);
        Assert.True(age.IsZero);
        Assert.True(age.IsOld(default));
        Assert.True(age.IsOld(Ago(-Day)));
    }

    [Fact]
    public void The_age_of_a_resource_is_known_if_its_date_is()
    {
        var age = Create(Day);
        Assert.Equal(2 * Day, age.GetAge(Ago(2 * Day)));
        Assert.Null(age.GetAge(default));
    }

    /// <summary>The clock of the service is that of this machine until the service has responded.</summary>
    [Fact]
    public void A_resource_from_the_future_does_not_make_others_older_than_the_clock_of_the_service_allows()
    {
        var age = Create(Day);
        age.Observe(Ago(-5 * Day));
        age.Observe(Ago(5 * Day));
        Assert.Equal(2 * Day, age.GetAge(Ago(2 * Day)));
    }

    private AgeLimit Create(TimeSpan limit) => new(limit, Api, Host);

    private DateTimeOffset Ago(TimeSpan time) => Clock.GetUtcNow() - time;
}
