namespace Serverless.Assets.Client.Tests.Concurrency;

public sealed class BriefRaiseTests
{
    /// <summary>From 32 to 64 with the number 100: 32 requests of the raise, and 8 that replace others.</summary>
    private readonly BriefRaise _raise = Create(awaitsReplacements: true);

    [Fact]
    public void It_ends_when_some_requests_have_been_replaced()
    {
        Assert.False(_raise.IsLast(132, 64));
        Assert.False(_raise.IsLast(139, 64));
        Assert.Null(_raise.Requests);

        Assert.True(_raise.IsLast(140, 63));

        Assert.Equal(new RaisedRequests(63, 140, 63, 140), _raise.Requests);
    }

    [Fact]
    public void It_ends_once()
    {
        _raise.IsLast(140, 64);

        Assert.False(_raise.IsLast(141, 32));
        Assert.Equal(64, _raise.Requests!.InFlight);
    }

    [Fact]
    public void The_responses_to_its_requests_and_those_before_are_counted()
    {
        _raise.OnEnded(Request(90));
        _raise.IsLast(140, 64);

        _raise.OnEnded(Request(95));
        _raise.OnEnded(Request(139));
        _raise.OnEnded(Request(140));

        Assert.Equal((64, 62), (_raise.Requests!.InFlight, _raise.Requests.Unanswered));
    }

    [Fact]
    public void The_responses_to_replacements_need_not_be_waited_for()
    {
        var raise = Create(awaitsReplacements: false);
        raise.IsLast(140, 64);

        raise.OnEnded(Request(131));
        raise.OnEnded(Request(132));

        Assert.Equal(new RaisedRequests(64, End: 140, Unanswered: 55, AnsweredEnd: 132), raise.Requests);
    }

    private static BriefRaise Create(bool awaitsReplacements) =>
        new(before: 32, raised: 64, end: 132, awaitsReplacements, until: TimeSpan.MaxValue);

    private static SentRequest Request(long number) =>
        new(number, RequestKind.Create("Asset.Create", 0), TimeSpan.Zero, InFlight: 1);
}
