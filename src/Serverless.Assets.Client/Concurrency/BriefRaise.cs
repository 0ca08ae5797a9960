namespace Serverless.Assets.Client;

/// <summary>
/// A higher limit that applies to some requests only, until their responses show whether it holds. A service that counts
/// rejected requests as in flight would reject one request after the other meanwhile, in place of those that end.
/// </summary>
/// <param name="before">The limit that has held.</param>
/// <param name="raised">The higher limit.</param>
/// <param name="end">The number of the first request that is not sent because of the raise.</param>
/// <param name="awaitsReplacements">Whether responses to requests that replaced others are waited for too.</param>
/// <param name="until">When responses are no longer waited for, because some requests take much longer than others.</param>
internal sealed class BriefRaise(int before, int raised, long end, bool awaitsReplacements, TimeSpan until)
{
    /// <summary>
    /// One in so many requests of the limit is still replaced when it ends. Without these, chance decides whether as many
    /// requests as the limit ever are in flight at the same time.
    /// </summary>
    private const int ReplacementShare = 8;

    private RaisedRequests? _requests;

    public int Before => before;

    public int Raised => raised;

    public TimeSpan Until => until;

    /// <summary>The requests to which the higher limit applies; null if more of them are sent.</summary>
    public RaisedRequests? Requests => _requests;

    /// <summary>Call when a request is sent.</summary>
    /// <returns>Whether it was the last one.</returns>
    public bool IsLast(long nextNumber, int inFlight)
    {
        if (_requests is not null || nextNumber < end + ((raised + ReplacementShare - 1) / ReplacementShare))
        {
            return false;
        }

        var awaitedEnd = awaitsReplacements ? nextNumber : end;
        _requests = new RaisedRequests(
            inFlight,
            nextNumber,
            Math.Max(0, inFlight - (int)(nextNumber - awaitedEnd)),
            awaitedEnd
        );
        return true;
    }

    /// <summary>Call when a request has ended.</summary>
    public void OnEnded(SentRequest request)
    {
        if (request.Number < _requests?.AnsweredEnd)
        {
            _requests = _requests with { Unanswered = _requests.Unanswered - 1 };
        }
    }
}

/// <summary>The requests whose responses show which limit the service accepts.</summary>
/// <param name="InFlight">How many were in flight at the same time.</param>
/// <param name="End">The number of the first request that was not sent because the limit had been raised.</param>
/// <param name="Unanswered">How many of those before <paramref name="AnsweredEnd"/> have no response yet.</param>
/// <param name="AnsweredEnd">The number of the first request whose response need not be waited for.</param>
internal sealed record RaisedRequests(int InFlight, long End, int Unanswered, long AnsweredEnd);
