using Serverless.Assets.Client;
using Serverless.Assets.Settings;

namespace Serverless.Assets.Deployment;

/// <summary>Whether resources of the service are old enough to be deleted.</summary>
/// <param name="minAge">Zero: all are, whatever their age is.</param>
internal sealed class AgeLimit(TimeSpan minAge, ServerlessClient client, EngineContext engine)
{
    private DateTimeOffset _newest;

    /// <summary>Whether the age matters. If not, dates need not be requested.</summary>
    public bool IsZero => minAge == TimeSpan.Zero;

    /// <summary>Notes the date of a resource of the service: it was this late there already.</summary>
    /// <param name="date">The default value if it is unknown.</param>
    public void Observe(DateTimeOffset date)
    {
        if (date > _newest)
        {
            _newest = date;
        }
    }

    /// <summary>Whether a resource with this date is old enough. An unknown age is not.</summary>
    public bool IsOld(DateTimeOffset date) => IsZero || date != default && date < GetTime() - minAge;

    /// <summary>The time that has passed since; null if the date is unknown.</summary>
    public TimeSpan? GetAge(DateTimeOffset date) => date == default ? null : GetTime() - date;

    /// <summary>
    /// The time from which ages are counted. A deletion cannot be undone, so if this machine and the responses of the
    /// service disagree, the earlier time counts; but the clock of this machine can't be right if a resource is newer.
    /// </summary>
    private DateTimeOffset GetTime()
    {
        var service = client.Clock.GetUtcNow();
        var machine = engine.Clock.GetUtcNow();
        var known = machine > _newest ? machine : _newest;
        return service < known ? service : known;
    }
}
