namespace Serverless.Assets.State;

/// <summary>The limit on concurrent requests that a run found, with which the next one can start.</summary>
/// <param name="KnownAt">When the run ended.</param>
internal sealed record RememberedConcurrency(ConcurrencyKey Key, int Limit, DateTimeOffset KnownAt)
{
    /// <summary>Users report limits of up to 100 requests for an account; a journal may come from anywhere.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Twilio changes the limits of accounts, and other programs use the same one.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromDays(7);

    /// <summary>A time further in the future is the result of a wrong clock.</summary>
    private static readonly TimeSpan MaxLead = TimeSpan.FromDays(1);

    private static readonly TimeSpan RefreshAge = TimeSpan.FromDays(1);

    public static bool IsValid(int limit) => limit is >= 1 and <= MaxLimit;

    public bool IsUsable(DateTimeOffset now) => IsValid(Limit) && now - KnownAt <= MaxAge && KnownAt - now <= MaxLead;

    /// <summary>
    /// Whether to record the limit of another run: it differs by more than 10 %, or this one is older than a day.
    /// </summary>
    public bool IsOutdatedBy(int limit, DateTimeOffset now) =>
        !IsUsable(now) || 10 * Math.Abs(limit - Limit) > Limit || (now - KnownAt).Duration() > RefreshAge;
}

/// <summary>The service limits the requests of an account at one of its hosts.</summary>
/// <param name="User">The user name of the credentials: <c>AC…</c> or <c>SK…</c>, never a secret.</param>
/// <param name="Origin">Scheme, host and port of the API, such as <c>https://serverless.twilio.com</c>.</param>
internal sealed record ConcurrencyKey(string User, string Origin)
{
    /// <param name="api">The base URL of the API. A user name in it is left out.</param>
    public static ConcurrencyKey From(string user, Uri api) =>
        new(user, api.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
}
