using Microsoft.Extensions.Time.Testing;

namespace Serverless.Assets.Client.Tests.Http;

public sealed class ServiceClockTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _machine = new(Now);

    [Theory]
    [InlineData("Wed, 01 Jul 2026 12:00:59 GMT", 0)]
    [InlineData("Wed, 01 Jul 2026 11:59:01 GMT", 0)]
    [InlineData("Wed, 01 Jul 2026 12:01:00 GMT", 60)]
    [InlineData("Wed, 01 Jul 2026 11:59:00 GMT", -60)]
    [InlineData("Thu, 01 Jul 2027 12:00:00 GMT", 365 * 86_400)]
    [InlineData("Thu, 01 Jan 1970 00:00:00 GMT", -1_782_907_200)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 0)]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT", 0)]
    [InlineData("yesterday", 0)]
    [InlineData(null, 0)]
    public void A_clock_that_is_wrong_by_a_minute_or_more_is_corrected(string? date, int seconds)
    {
        var clock = new ServiceClock(_machine);
        using var response = new HttpResponseMessage();
        if (date is not null)
        {
            response.Headers.TryAddWithoutValidation("Date", date);
        }

        clock.OnResponse(response);
        Assert.Equal(Now.AddSeconds(seconds), clock.GetUtcNow());

        _machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Now.AddSeconds(seconds + 3600), clock.GetUtcNow());
    }

    [Fact]
    public void A_clock_that_is_set_during_a_run_is_corrected_by_the_next_response()
    {
        var clock = new ServiceClock(_machine);
        using var first = new HttpResponseMessage { Headers = { Date = Now.AddDays(1) } };
        using var second = new HttpResponseMessage { Headers = { Date = _machine.GetUtcNow() } };

        clock.OnResponse(first);
        clock.OnResponse(second);

        Assert.Equal(Now, clock.GetUtcNow());
    }
}
